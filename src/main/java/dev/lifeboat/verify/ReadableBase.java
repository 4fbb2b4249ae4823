package dev.lifeboat.verify;

import dev.lifeboat.backup.TarScanner;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.StreamFailure;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.ObjectDecoder;
import dev.lifeboat.pipeline.StoredForm;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.BackupLabel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a base from its first frame to its last: frames are fetched and decoded several at once,
 * their content passes in order, and at the end every file is held against the server's own list.
 */
final class ReadableBase {
    private final VerifyContext context;
    private final List<Region> regions;
    private final Findings findings;
    private final Progress progress;
    private final CancelToken cancel;

    ReadableBase(
            VerifyContext context,
            List<Region> regions,
            Findings findings,
            Progress progress,
            CancelToken cancel) {
        this.context = context;
        this.regions = regions;
        this.findings = findings;
        this.progress = progress;
        this.cancel = cancel;
    }

    /** Where a good copy of a frame lies. */
    private record Copy(String store, ObjectInfo info) {}

    /** A frame on its way through. */
    private static final class Frame {
        private final byte[] plain;
        private final Copy copy;

        Frame(byte[] plain, Copy copy) {
            this.plain = plain;
            this.copy = copy;
        }
    }

    /**
     * Whether every frame's first copy was read before as part of a good base.
     *
     * @throws RecoveryException when a region cannot be asked
     */
    boolean isRemembered(Manifest manifest) throws RecoveryException {
        Region region = regions.getFirst();
        for (Manifest.StoredObject object : frames(manifest)) {
            Optional<ObjectInfo> info = region.store().head(object.key());
            if (info.isEmpty()
                    || !context.memory()
                            .knows(
                                    region.store().name(),
                                    info.get(),
                                    object.storedSha256(),
                                    VerifyLevel.READABLE)) {
                return false;
            }
        }
        return true;
    }

    /**
     * @throws RecoveryException what is wrong with the base as a whole; a frame that no region
     *     gives
     */
    void check(Manifest manifest, DecryptionKeys keys) throws RecoveryException {
        BaseContents contents = new BaseContents();
        Map<Manifest.StoredObject, Copy> good = new LinkedHashMap<>();
        try (ExecutorService threads =
                        Executors.newFixedThreadPool(
                                context.jobs(), Thread.ofPlatform().daemon().factory());
                var _ = cancel.onCancel(threads::shutdownNow)) {
            try {
                for (List<Manifest.StoredObject> stream : streams(manifest)) {
                    walk(manifest.id(), stream, keys, threads, contents, good);
                }
            } finally {
                threads.shutdownNow();
            }
        }
        new FileListCheck(manifest.id(), contents).check();
        checkLabel(manifest, contents);
        good.forEach(
                (object, copy) ->
                        context.memory()
                                .remember(
                                        copy.store,
                                        copy.info,
                                        object.storedSha256(),
                                        VerifyLevel.READABLE));
    }

    private static List<Manifest.StoredObject> frames(Manifest manifest) {
        return manifest.objects().stream().filter(object -> object.stream() != null).toList();
    }

    private static List<List<Manifest.StoredObject>> streams(Manifest manifest) {
        Map<String, List<Manifest.StoredObject>> streams = new LinkedHashMap<>();
        for (Manifest.StoredObject object : frames(manifest)) {
            streams.computeIfAbsent(object.stream(), _ -> new ArrayList<>()).add(object);
        }
        streams.values()
                .forEach(
                        frames ->
                                frames.sort(
                                        Comparator.comparingInt(Manifest.StoredObject::number)));
        return List.copyOf(streams.values());
    }

    private void walk(
            String id,
            List<Manifest.StoredObject> frames,
            DecryptionKeys keys,
            ExecutorService threads,
            BaseContents contents,
            Map<Manifest.StoredObject, Copy> good)
            throws RecoveryException {
        contents.stream(frames.getFirst().stream());
        TarScanner scanner = new TarScanner(frames.getFirst().stream(), contents);
        Iterator<Manifest.StoredObject> next = frames.iterator();
        Deque<Future<Frame>> ahead = new ArrayDeque<>();
        for (Manifest.StoredObject object : frames) {
            while (next.hasNext() && ahead.size() <= context.jobs()) {
                Manifest.StoredObject wanted = next.next();
                cancel.check();
                ahead.add(threads.submit(() -> frame(wanted, keys)));
            }
            Frame frame = await(ahead.remove());
            pass(id, scanner, frame.plain);
            good.put(object, frame.copy);
            findings.proven(frame.copy.info.sizeBytes());
        }
        finish(id, scanner);
    }

    private static void pass(String id, TarScanner scanner, byte[] plain) throws RecoveryException {
        try {
            scanner.pass(plain, 0, plain.length);
        } catch (RecoveryException noTar) {
            throw VerifyProblems.base(id, noTar.problem().why());
        }
    }

    private static void finish(String id, TarScanner scanner) throws RecoveryException {
        try {
            scanner.finish();
        } catch (RecoveryException noTar) {
            throw VerifyProblems.base(id, noTar.problem().why());
        }
    }

    private Frame await(Future<Frame> future) throws RecoveryException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException failed) {
            cancel.check();
            if (failed.getCause() instanceof RecoveryException problem) {
                throw problem;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** The first good copy; a bad one is a finding, and the last bad one ends the base. */
    private Frame frame(Manifest.StoredObject object, DecryptionKeys keys)
            throws RecoveryException {
        RecoveryException last = null;
        for (Region region : regions) {
            try {
                return frame(region, object, keys);
            } catch (CancelledException stopped) {
                throw stopped;
            } catch (RecoveryException wrong) {
                findings.problem(wrong.problem());
                last = wrong;
            }
        }
        throw last;
    }

    private Frame frame(Region region, Manifest.StoredObject object, DecryptionKeys keys)
            throws RecoveryException {
        String name = "Object " + region.store().name() + "/" + object.key();
        StoredForm form =
                StoredForm.encrypted(name, keys, Compression.ZSTD)
                        .expecting(
                                expected(object.storedBytes(), object.storedSha256()),
                                expected(object.plainBytes(), object.plainSha256()));
        try (ObjectStream body = region.store().get(object.key(), ByteRange.whole(), null)) {
            form.stored().checkSize(name, body.info().sizeBytes());
            byte[] stored = body.readNBytes((int) object.storedBytes());
            progress.add(stored.length);
            byte[] plain = ObjectDecoder.decode(form, stored, stored.length);
            return new Frame(plain, new Copy(region.store().name(), body.info()));
        } catch (IOException broken) {
            throw StreamFailure.of(broken, name);
        }
    }

    private static ExpectedContent expected(long sizeBytes, String sha256) {
        return ExpectedContent.of(new ContentDigest(sizeBytes, sha256));
    }

    private static void checkLabel(Manifest manifest, BaseContents contents)
            throws RecoveryException {
        String text =
                contents.text(BaseContents.LABEL)
                        .orElseThrow(
                                () ->
                                        VerifyProblems.base(
                                                manifest.id(), "It has no backup_label."));
        BackupLabel label = BackupLabel.parse(text);
        boolean same =
                label.start().equals(manifest.base().startLsn())
                        && label.timeline().value() == manifest.base().timeline();
        if (!same || contents.file("global/pg_control").isEmpty()) {
            throw VerifyProblems.base(
                    manifest.id(),
                    same
                            ? "It has no global/pg_control."
                            : "Its backup_label begins at "
                                    + label.start()
                                    + ", and the manifest says "
                                    + manifest.base().startLsn()
                                    + ".");
        }
    }
}
