package dev.lifeboat.backup;

import dev.lifeboat.backup.BackupAttempt.Started;
import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.ManifestJson;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgBaseBackup;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalPresence;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes a physical base: pg_basebackup's tar, cut into frames, then the WAL that makes it
 * consistent seen in the archive, then the manifest.
 */
public final class BaseBackup {
    private final BackupSource source;
    private final BackupTarget target;
    private final BackupRun run;
    private final BaseOptions options;

    public BaseBackup(
            BackupSource source, BackupTarget target, BackupRun run, BaseOptions options) {
        this.source = source;
        this.target = target;
        this.run = run;
        this.options = options;
    }

    /**
     * Takes the backup. A failure leaves nothing of it in the bucket.
     *
     * @throws RecoveryException ARCHIVING_BROKEN when the WAL it needs does not reach the archive;
     *     VERSION_MISMATCH, ROLE_WITHOUT_RIGHTS, SYSTEM_IDENTIFIER_FOREIGN before anything is
     *     written; NO_SPACE when a cluster with tablespaces does not fit on this machine; or what
     *     the server, its program or the store says
     */
    public BackupResult take() throws RecoveryException {
        Before before = before();
        PgInstallation programs =
                source.programs().forServer(before.server.version(), PgProgram.PG_BASEBACKUP);
        run.log()
                .say(
                        "PostgreSQL "
                                + before.server.version()
                                + ", cluster "
                                + before.server.systemIdentifier()
                                + ", about "
                                + ByteSize.format(before.bytes)
                                + "; pg_basebackup "
                                + programs.version()
                                + "; "
                                + options
                                + ".");
        run.progress().setTotal(before.bytes);
        var program = new PgBaseBackup(source.host(), programs);
        return new BackupAttempt(BackupKind.BASE, source, target, run)
                .make(started -> take(started, before, program));
    }

    private BackupResult take(Started started, Before before, PgBaseBackup program)
            throws RecoveryException {
        BaseStreams.Taken taken = stream(started, before, program);
        requireSameCluster(before, taken.seen());
        Instant stopTime = serverTime();
        Optional<Manifest.StoredObject> names = new StoredNames(source, target, run).store(started);
        BackupManifestJson.WalRange wal = taken.seen().wal();
        var timeline = new TimelineId(wal.timeline());
        int segmentBytes = before.server.walSegmentBytes();
        WalSegment first = WalSegment.containing(wal.start(), timeline, segmentBytes);
        WalSegment last = WalSegment.endingAt(wal.end(), timeline, segmentBytes);
        run.log().say("Consistent from " + wal.start() + " to " + wal.end() + ".");
        new WalArrival(
                        new WalPresence(target.wal(), target.prefix()),
                        source.database(),
                        options.archivePatience())
                .await(first, last, run.progress(), run.cancel());
        run.log().say("The archive holds " + first + " to " + last + ".");
        Manifest manifest =
                new BaseManifest(source, target, run)
                        .of(started, before, taken, names, stopTime, first, last);
        started.objects().putManifest(ManifestJson.write(manifest, target.keys().current()));
        return new BackupResult(
                started.id(),
                BackupKind.BASE,
                started.objects().manifestKey(),
                started.destination().region().role(),
                manifest.plainBytes(),
                manifest.storedBytes(),
                started.seconds(),
                started.destination().diverted(),
                java.util.List.of());
    }

    /**
     * What the server said before the backup began.
     *
     * @param startTime by its clock
     * @param bytes estimate of what will be copied
     */
    record Before(
            ServerInfo server,
            Manifest.ClusterFacts facts,
            java.util.List<Manifest.TableEstimate> tables,
            Instant startTime,
            long bytes) {}

    private Before before() throws RecoveryException {
        try (Database session = Database.connect(source.database(), run.cancel())) {
            ServerInfo server = ServerInfo.read(session);
            BaseChecks.requireKnownVersion(server);
            BaseChecks.requireReplication(server);
            BaseChecks.requireArchiving(session);
            BaseChecks.requireOwn(new NewestBase(target.backups(), target.prefix()), server);
            var reader = new ClusterFactsReader(source.database(), run.cancel());
            return new Before(
                    server,
                    reader.facts(session, server),
                    reader.tablesOfCluster(session),
                    session.one(row -> row.instant("now"), "select clock_timestamp() as now"),
                    ClusterFactsReader.clusterBytes(session));
        }
    }

    private BaseStreams.Taken stream(Started started, Before before, PgBaseBackup program)
            throws RecoveryException {
        var keys = new BackupKeys(target.prefix());
        var cut = new FrameStream.Cut(options.frameBytes(), options.jobs());
        var streams =
                new BaseStreams(
                        (name, visitor, cancel) ->
                                new FrameStream(
                                        name,
                                        cut,
                                        (stream, number) ->
                                                keys.frame(
                                                        started.id(),
                                                        started.startedAt(),
                                                        stream,
                                                        number),
                                        started.objects(),
                                        visitor,
                                        target.keys().current(),
                                        cancel,
                                        run.progress()),
                        run);
        try (ArchiveWatch watch =
                ArchiveWatch.start(
                        source.database(),
                        options.archivePatience(),
                        run.progress(),
                        run.cancel())) {
            try {
                return before.server.tablespaces().isEmpty()
                        ? streams.direct(program, source, started.id(), watch.token())
                        : streams.staged(
                                program,
                                source,
                                started.id(),
                                before.server.tablespaces(),
                                roomFor(before, started.journal()),
                                watch.token());
            } catch (CancelledException stopped) {
                throw watch.verdict().orElse(stopped);
            }
        }
    }

    private Path roomFor(Before before, BackupJournal journal) throws RecoveryException {
        Path staging = journal.staging();
        long free = source.host().files().freeBytes(staging);
        long needed = before.bytes + before.bytes / 20;
        if (free < needed) {
            throw new RecoveryException(
                    ProblemCode.NO_SPACE,
                    "A cluster with tablespaces passes through "
                            + staging
                            + ", and does not fit there.",
                    "It needs about "
                            + ByteSize.format(needed)
                            + "; "
                            + ByteSize.format(free)
                            + " are free on "
                            + source.host().name()
                            + ".",
                    "Free space there, or set LIFEBOAT_HOME to a folder on a larger disk.");
        }
        run.log().say("Tablespaces: by way of " + staging + ".");
        return staging;
    }

    private Instant serverTime() throws RecoveryException {
        try (Database session = Database.connect(source.database(), run.cancel())) {
            return session.one(row -> row.instant("now"), "select clock_timestamp() as now");
        }
    }

    private static void requireSameCluster(Before before, BaseCapture.Seen seen)
            throws RecoveryException {
        boolean same =
                seen.systemIdentifier().equals(before.server.systemIdentifier())
                        && seen.majorVersion() == before.server.version().major();
        if (!same) {
            throw new RecoveryException(
                    ProblemCode.BACKUP_FAILED,
                    "pg_basebackup reached another server than the one that was asked.",
                    "The copy is of cluster "
                            + seen.systemIdentifier()
                            + ", DATABASE_URL leads to "
                            + before.server.systemIdentifier()
                            + ".",
                    "Let DATABASE_URL name one server, without a load balancer between.");
        }
    }
}
