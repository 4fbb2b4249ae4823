package dev.lifeboat.backup;

import dev.lifeboat.backup.BackupAttempt.Started;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.wal.WalSegment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what a base holds. */
final class BaseManifest {
    static final String CIPHER = "aes-256-cbc";
    static final String DERIVATION = "pbkdf2-hmac-sha256";
    static final int ITERATIONS = 10_000;

    private final BackupSource source;
    private final BackupTarget target;
    private final BackupRun run;

    BaseManifest(BackupSource source, BackupTarget target, BackupRun run) {
        this.source = source;
        this.target = target;
        this.run = run;
    }

    static Manifest.Encryption encryption(EncryptionKey key) {
        return new Manifest.Encryption(CIPHER, DERIVATION, ITERATIONS, key.fingerprint().hex());
    }

    Manifest of(
            Started started,
            BaseBackup.Before before,
            BaseStreams.Taken taken,
            Optional<Manifest.StoredObject> names,
            Instant stopTime,
            WalSegment first,
            WalSegment last) {
        List<Manifest.StoredObject> objects = new ArrayList<>(taken.frames());
        names.ifPresent(objects::add);
        List<Manifest.Tablespace> tablespaces = tablespaces(before, taken);
        return new Manifest(
                Manifest.FORMAT,
                started.id(),
                BackupKind.BASE,
                source.database().database(),
                before.server().systemIdentifier(),
                before.server().version().number(),
                started.startedAt(),
                run.clock().instant(),
                objects.stream().mapToLong(Manifest.StoredObject::plainBytes).sum(),
                objects.stream().mapToLong(Manifest.StoredObject::storedBytes).sum(),
                encryption(target.keys().current()),
                "zstd",
                objects,
                new Manifest.BaseFacts(
                        (int) first.timeline().value(),
                        taken.seen().wal().start(),
                        taken.seen().wal().end(),
                        before.startTime(),
                        stopTime,
                        first.name(),
                        last.name(),
                        first.sizeBytes(),
                        before.server().pageChecksums(),
                        tablespaces),
                before.facts(),
                before.tables(),
                RestoreByHand.base(
                        started.objects().store().name(),
                        target.wal().regions().getFirst().store().name(),
                        target.prefix(),
                        started.id(),
                        started.objects().stem(),
                        tablespaces),
                new Manifest.Origin(source.host().name(), run.tool()));
    }

    private static List<Manifest.Tablespace> tablespaces(
            BaseBackup.Before before, BaseStreams.Taken taken) {
        return before.server().tablespaces().stream()
                .map(
                        tablespace ->
                                new Manifest.Tablespace(
                                        tablespace.oid(),
                                        tablespace.name(),
                                        tablespace.location(),
                                        taken.plainBytes()
                                                .getOrDefault(Long.toString(tablespace.oid()), 0L)))
                .toList();
    }
}
