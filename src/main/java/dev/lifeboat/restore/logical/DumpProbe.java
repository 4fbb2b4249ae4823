package dev.lifeboat.restore.logical;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.StreamFailure;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.ContentKind;
import dev.lifeboat.pipeline.RecognisedContent;
import dev.lifeboat.postgres.DumpHeader;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.StorageException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds out what a dump is by its first bytes, decrypted: what it is called says nothing. Changes
 * nothing. For one thread.
 */
public final class DumpProbe {
    private static final int HEAD_BYTES = 64 * 1024;
    private static final String DUMP = "dump";

    private final DumpReader reader;
    private final CancelToken cancel;

    public DumpProbe(DumpReader reader, CancelToken cancel) {
        this.reader = reader;
        this.cancel = cancel;
    }

    private record Seen(List<ContentKind> layers, ContentKind kind, Optional<DumpHeader> header) {}

    /**
     * A backup with a manifest.
     *
     * @throws RecoveryException {@code KEY_MISSING}, {@code KEY_WRONG}, {@code OBJECT_MISSING} and
     *     whatever else keeps its first bytes from being read; {@code BACKUP_INCOMPLETE} when there
     *     is no dump in it
     */
    public DumpSource of(CatalogEntry entry, Manifest manifest, String manifestSha256)
            throws RecoveryException {
        Manifest.StoredObject dump = dump(entry.id(), manifest);
        Seen seen = lookOrBelieve(dump.key());
        return new DumpSource(
                entry.id(),
                dump.key(),
                false,
                Optional.of(manifest),
                Optional.of(entry.key()),
                Optional.of(manifestSha256),
                dump.storedBytes(),
                OptionalLong.of(dump.plainBytes()),
                Map.of(),
                manifest.startedAt(),
                seen.layers(),
                seen.kind(),
                seen.header());
    }

    /**
     * The object of a backup that is the dump.
     *
     * @throws RecoveryException {@code BACKUP_INCOMPLETE} when there is none in it
     */
    public static Manifest.StoredObject dump(String id, Manifest manifest)
            throws RecoveryException {
        return manifest.objects().stream()
                .filter(each -> each.role().equals(DUMP))
                .findFirst()
                .orElseThrow(() -> noDump("Backup " + id));
    }

    /** One object of a tool that writes no manifest. Problems as with one. */
    public DumpSource of(CatalogEntry entry) throws RecoveryException {
        Map<String, String> copies = new HashMap<>();
        Seen seen = lookInSomeRegion(entry.key(), copies);
        return new DumpSource(
                entry.id(),
                entry.key(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                entry.facts().storedBytes(),
                OptionalLong.empty(),
                copies,
                entry.facts().startedAt(),
                seen.layers(),
                seen.kind(),
                seen.header());
    }

    /**
     * A file of this machine.
     *
     * @throws RecoveryException {@code BACKUP_UNKNOWN} when it cannot be read; otherwise as of an
     *     object
     */
    public DumpSource of(Path given) throws RecoveryException {
        Path file = given.toAbsolutePath().normalize();
        try {
            Seen seen = look("File " + file, Files.newInputStream(file));
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            return new DumpSource(
                    file.getFileName().toString(),
                    file.toString(),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Files.size(file),
                    OptionalLong.empty(),
                    Map.of(file.toString(), Files.getLastModifiedTime(file).toString()),
                    changed,
                    seen.layers(),
                    seen.kind(),
                    seen.header());
        } catch (IOException broken) {
            throw unreadable(file, broken);
        }
    }

    /** One that lies in an archive is what the manifest's own tool writes; it is read later. */
    private Seen lookOrBelieve(String key) throws RecoveryException {
        try {
            return lookInSomeRegion(key, new HashMap<>());
        } catch (StorageException unread) {
            if (unread.kind() != StorageException.Kind.ARCHIVED) {
                throw unread;
            }
            return new Seen(
                    List.of(ContentKind.ENCRYPTED), ContentKind.CUSTOM_DUMP, Optional.empty());
        }
    }

    /** The first copy whose beginning can be read decides; how the others look is noted. */
    private Seen lookInSomeRegion(String key, Map<String, String> copies) throws RecoveryException {
        Seen seen = null;
        RecoveryException first = null;
        for (Region region : reader.regions()) {
            try {
                ObjectInfo info = DumpReader.info(region, key);
                copies.put(region.store().name(), info.etag());
                if (seen == null) {
                    seen = look(region, key, info);
                }
            } catch (RecoveryException bad) {
                first = first == null ? bad : first;
            } catch (IOException broken) {
                first = first == null ? StreamFailure.of(broken, "Object " + key) : first;
            }
            if (first instanceof CancelledException) {
                throw first;
            }
        }
        if (seen == null) {
            throw first;
        }
        return seen;
    }

    private Seen look(Region region, String key, ObjectInfo info)
            throws RecoveryException, IOException {
        ByteRange head = ByteRange.of(0, Math.min(HEAD_BYTES, Math.max(1, info.sizeBytes())));
        return look(DumpReader.name(region, key), region.store().get(key, head, info.etag()));
    }

    private Seen look(String name, InputStream stored) throws RecoveryException, IOException {
        RecognisedContent found =
                RecognisedContent.open(
                        name,
                        stored,
                        ExpectedContent.unknown(),
                        reader.keysForAnything(),
                        cancel,
                        Progress.unwatched());
        try (InputStream content = found.content()) {
            return switch (found.kind()) {
                case TEXT -> new Seen(found.layers(), ContentKind.TEXT, Optional.empty());
                case CUSTOM_DUMP -> {
                    byte[] head = content.readNBytes(DumpHeader.HEAD_BYTES);
                    yield new Seen(
                            found.layers(),
                            ContentKind.CUSTOM_DUMP,
                            DumpHeader.read(head, head.length));
                }
                default -> throw noDump(name);
            };
        }
    }

    static RecoveryException unreadable(Path file, IOException broken) {
        RecoveryException carried = StreamFailure.of(broken, "File " + file);
        if (Files.isReadable(file)) {
            return carried;
        }
        return new RecoveryException(
                ProblemCode.BACKUP_UNKNOWN,
                "The file " + file + " cannot be read.",
                "This user may not read it, or it is gone.",
                "Look at it: ls -l " + file + ".",
                broken);
    }

    static RecoveryException noDump(String name) {
        return new RecoveryException(
                ProblemCode.BACKUP_INCOMPLETE,
                name + " is no dump of a database.",
                "Its content is neither an archive of pg_dump -Fc nor SQL text.",
                "Choose another backup; lifeboat catalog --kind full shows the dumps.");
    }
}
