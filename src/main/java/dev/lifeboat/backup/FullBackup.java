package dev.lifeboat.backup;

import dev.lifeboat.backup.BackupAttempt.Started;
import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.ManifestJson;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgDump;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.storage.MultipartOutput;
import dev.lifeboat.storage.PutOptions;

import java.io.IOException;
import java.util.List;

/**
 * Takes a logical full: one database as {@code pg_dump} writes it, compressed by it and by nobody
 * else, encrypted on its way, with the cluster's globals beside it.
 */
public final class FullBackup {
    private static final int LEVEL = 9;
    private static final int PART_BYTES = 16 << 20;
    private static final int PARALLEL_PARTS = 3;

    private final BackupSource source;
    private final BackupTarget target;
    private final BackupRun run;

    public FullBackup(BackupSource source, BackupTarget target, BackupRun run) {
        this.source = source;
        this.target = target;
        this.run = run;
    }

    /**
     * Takes the backup. A failure leaves nothing of it in the bucket.
     *
     * @throws RecoveryException VERSION_MISMATCH when the programs are older than the server, or
     *     what the server, its program or the store says
     */
    public BackupResult take() throws RecoveryException {
        Before before = before();
        PgInstallation programs =
                source.programs()
                        .forServer(
                                before.server.version(), PgProgram.PG_DUMP, PgProgram.PG_DUMPALL);
        run.log()
                .say(
                        "PostgreSQL "
                                + before.server.version()
                                + ", database "
                                + source.database().confirmText()
                                + ", about "
                                + ByteSize.format(before.bytes)
                                + "; pg_dump "
                                + programs.version()
                                + ".");
        var program = new PgDump(source.host(), programs);
        return new BackupAttempt(BackupKind.FULL, source, target, run)
                .make(started -> take(started, before, program));
    }

    private BackupResult take(Started started, Before before, PgDump program)
            throws RecoveryException {
        String stem = started.objects().stem();
        Manifest.StoredObject dump =
                store(
                        started,
                        stem + BackupKeys.DUMP_SUFFIX,
                        "dump",
                        out ->
                                program.custom(
                                        source.database(),
                                        LEVEL,
                                        List.of(),
                                        out,
                                        run.progress(),
                                        run.cancel()));
        boolean passwords = before.server.role().superuser();
        Manifest.StoredObject globals =
                store(
                        started,
                        stem + BackupKeys.GLOBALS_SUFFIX,
                        "globals",
                        out -> program.globals(source.database(), passwords, out, run.cancel()));
        Manifest manifest = manifest(started, before, List.of(dump, globals));
        started.objects().putManifest(ManifestJson.write(manifest, target.keys().current()));
        return new BackupResult(
                started.id(),
                BackupKind.FULL,
                started.objects().manifestKey(),
                started.destination().region().role(),
                manifest.plainBytes(),
                manifest.storedBytes(),
                started.seconds(),
                started.destination().diverted(),
                passwords
                        ? List.of()
                        : List.of(
                                "The globals hold no passwords: only a superuser may read them."));
    }

    private record Before(
            ServerInfo server,
            Manifest.ClusterFacts facts,
            List<Manifest.TableEstimate> tables,
            long bytes) {}

    private Before before() throws RecoveryException {
        try (Database session = Database.connect(source.database(), run.cancel())) {
            ServerInfo server = ServerInfo.read(session);
            BaseChecks.requireKnownVersion(server);
            var reader = new ClusterFactsReader(source.database(), run.cancel());
            return new Before(
                    server,
                    reader.facts(session, server),
                    reader.tables(session),
                    session.one(
                            row -> row.number("bytes"),
                            "select pg_database_size(current_database()) as bytes"));
        }
    }

    /** Fills an object; answers what the program warned of. */
    private interface Dump {
        List<String> to(EncodingOutput out) throws RecoveryException, IOException;
    }

    /** The object becomes visible only when the program has ended well. */
    private Manifest.StoredObject store(Started started, String key, String role, Dump dump)
            throws RecoveryException {
        var encoding = Encoding.encrypted(Compression.NONE, target.keys().current());
        try (var parts =
                        new MultipartOutput(
                                started.objects().store(),
                                key,
                                PutOptions.plain(),
                                PART_BYTES,
                                PARALLEL_PARTS);
                var out = new EncodingOutput(parts, encoding, run.cancel(), Progress.unwatched())) {
            dump.to(out).forEach(line -> run.log().say(role + ": " + line));
            EncodedDigests digests = out.finish();
            parts.complete();
            return new Manifest.StoredObject(
                    key,
                    role,
                    digests.plain().sizeBytes(),
                    digests.plain().sha256(),
                    digests.stored().sizeBytes(),
                    digests.stored().sha256(),
                    null,
                    0,
                    null);
        } catch (IOException broken) {
            throw problem(key, broken);
        }
    }

    private Manifest manifest(Started started, Before before, List<Manifest.StoredObject> objects) {
        return new Manifest(
                Manifest.FORMAT,
                started.id(),
                BackupKind.FULL,
                source.database().database(),
                before.server.systemIdentifier(),
                before.server.version().number(),
                started.startedAt(),
                run.clock().instant(),
                objects.stream().mapToLong(Manifest.StoredObject::plainBytes).sum(),
                objects.stream().mapToLong(Manifest.StoredObject::storedBytes).sum(),
                BaseManifest.encryption(target.keys().current()),
                "none",
                objects,
                null,
                before.facts,
                before.tables,
                RestoreByHand.full(
                        started.objects().store().name(),
                        started.id(),
                        started.objects().stem(),
                        source.database()),
                new Manifest.Origin(source.host().name(), run.tool()));
    }

    private static RecoveryException problem(String key, IOException broken) {
        try {
            return StreamException.unwrap(broken);
        } catch (IOException unknown) {
            return new RecoveryException(
                    ProblemCode.BACKUP_FAILED,
                    key + " could not be written.",
                    "The system answered: " + unknown.getMessage() + ".",
                    "Look for the cause on this machine, then take the backup again.",
                    unknown);
        }
    }
}
