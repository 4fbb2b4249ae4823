package dev.lifeboat.rotation;

import dev.lifeboat.catalog.InParallel;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Lease;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.ArchivedWal;
import dev.lifeboat.wal.archive.WalRekey;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Which key each archived WAL file is under, one request a file; and its change. */
final class WalKeys {
    private static final int REQUESTS_AT_ONCE = 32;
    private static final int REKEYS_AT_ONCE = 4;
    private static final int BETWEEN_LOOKS = 64;

    private final RegionPair wal;
    private final String prefix;
    private final CancelToken cancel;

    WalKeys(RegionPair wal, String prefix, CancelToken cancel) {
        this.wal = wal;
        this.prefix = prefix;
        this.cancel = cancel;
    }

    /**
     * One object.
     *
     * @param object with its metadata
     * @param key the one it names; empty for a file without an HMAC
     */
    record Named(
            Region region, ArchivedWal file, ObjectInfo object, Optional<KeyFingerprint> key) {}

    /** What was changed. */
    record Rekeyed(long objects, long bytes) {}

    /** All there are, by region and name. */
    List<Named> all(Progress progress) throws RecoveryException {
        List<Named> all = new ArrayList<>();
        for (Region region : wal.regions()) {
            List<ObjectInfo> listed = new ArrayList<>();
            region.store()
                    .list(
                            prefix + ArchivedWal.FOLDER,
                            "",
                            object -> {
                                if (ArchivedWal.parseKey(prefix, object.key()).isPresent()) {
                                    listed.add(object);
                                }
                                return true;
                            },
                            cancel);
            for (Optional<Named> named :
                    new InParallel(REQUESTS_AT_ONCE, Long.MAX_VALUE, cancel)
                            .map(listed, _ -> 0, object -> named(region, object, progress))) {
                named.ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Named> named(Region region, ObjectInfo listed, Progress progress)
            throws RecoveryException {
        progress.add(1);
        ArchivedWal file = ArchivedWal.parseKey(prefix, listed.key()).orElseThrow();
        return region.store()
                .head(listed.key())
                .map(object -> new Named(region, file, object, WalRekey.keyOf(object)));
    }

    /** Those under an older key of the ring; what cannot be changed is told. */
    List<Named> old(KeyRing keys, List<KeyRotation.Left> left, Progress progress)
            throws RecoveryException {
        List<Named> old = new ArrayList<>();
        long unauthenticated = 0;
        for (Named named : all(progress)) {
            if (named.key.isEmpty() || named.file.form() != ArchivedForm.ZSTD_ENCRYPTED) {
                unauthenticated++;
            } else if (!named.key.get().equals(keys.current().fingerprint())) {
                if (keys.find(named.key.get()).isPresent()) {
                    old.add(named);
                } else {
                    left.add(
                            new KeyRotation.Left(
                                    named.region.name() + " " + named.object.key(),
                                    "Its key " + named.key.get() + " is not known here."));
                }
            }
        }
        if (unauthenticated > 0) {
            left.add(
                    new KeyRotation.Left(
                            unauthenticated + " WAL objects",
                            "They carry no HMAC, so nothing could say that they are the same."));
        }
        return old;
    }

    /** A few at a time, and never of both regions. */
    private List<List<Named>> stretches(List<Named> old) {
        List<List<Named>> stretches = new ArrayList<>();
        for (Region region : wal.regions()) {
            List<Named> own = old.stream().filter(n -> n.region.role() == region.role()).toList();
            for (int from = 0; from < own.size(); from += BETWEEN_LOOKS) {
                stretches.add(own.subList(from, Math.min(own.size(), from + BETWEEN_LOOKS)));
            }
        }
        return stretches;
    }

    /** Of a file in the second region the first one, which was changed before. */
    private Optional<Region> twin(Named named) {
        Region first = wal.regions().getFirst();
        return named.region.role() == first.role() ? Optional.empty() : Optional.of(first);
    }

    Rekeyed rekey(
            List<Named> old,
            KeyRing keys,
            Lease lease,
            List<KeyRotation.Left> left,
            Progress progress)
            throws RecoveryException {
        var rekey = new WalRekey(keys, prefix);
        List<KeyRotation.Left> refused = Collections.synchronizedList(new ArrayList<>());
        var objects = new AtomicLong();
        var bytes = new AtomicLong();
        for (List<Named> some : stretches(old)) {
            lease.keep();
            new InParallel(REKEYS_AT_ONCE, Long.MAX_VALUE, cancel)
                    .map(
                            some,
                            _ -> 0,
                            named -> {
                                boolean done =
                                        KeyRotation.attempt(
                                                named.region.name() + " " + named.object.key(),
                                                refused,
                                                () ->
                                                        rekey.rekey(
                                                                named.region,
                                                                named.object,
                                                                twin(named)));
                                objects.addAndGet(done ? 1 : 0);
                                bytes.addAndGet(done ? named.object.sizeBytes() : 0);
                                progress.add(named.object.sizeBytes());
                                return done;
                            });
        }
        left.addAll(refused);
        return new Rekeyed(objects.get(), bytes.get());
    }
}
