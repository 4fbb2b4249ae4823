package dev.lifeboat.backup;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalPresence;

import java.time.Duration;

/** Has the server finish its current segment, and waits until the archive holds it. */
public final class WalSwitch {
    private final BackupSource source;
    private final BackupTarget target;
    private final BackupRun run;
    private final Duration patience;

    /**
     * @param patience how long nothing may arrive before it counts as broken
     */
    public WalSwitch(BackupSource source, BackupTarget target, BackupRun run, Duration patience) {
        this.source = source;
        this.target = target;
        this.run = run;
        this.patience = patience;
    }

    /**
     * What was done.
     *
     * @param segment the last segment with anything in it; it is in the archive
     * @param switched false when nothing was written since the last switch, so that there was
     *     nothing to finish
     */
    public record Switched(WalSegment segment, boolean switched, double seconds) {}

    /**
     * @throws RecoveryException ARCHIVING_BROKEN when the server archives nothing, or the segment
     *     does not arrive; ROLE_WITHOUT_RIGHTS when the role may not switch
     */
    public Switched take() throws RecoveryException {
        long started = System.nanoTime();
        Switched switched = switchNow();
        run.log()
                .say(
                        switched.switched
                                ? "Switched: " + switched.segment + " is finished."
                                : "Nothing was written since " + switched.segment + ".");
        new WalArrival(new WalPresence(target.wal(), target.prefix()), source.database(), patience)
                .await(switched.segment, switched.segment, run.progress(), run.cancel());
        run.log().say("The archive holds " + switched.segment + ".");
        double seconds = Math.round((System.nanoTime() - started) / 1e6) / 1e3;
        return new Switched(switched.segment, switched.switched, seconds);
    }

    /**
     * Source: PostgreSQL documentation, 9.27.3 "Backup Control Functions": pg_switch_wal returns
     * the end of what was written plus 1, or does nothing and returns the start of the segment in
     * use.
     */
    private Switched switchNow() throws RecoveryException {
        try (Database session = Database.connect(source.database(), run.cancel())) {
            ServerInfo server = ServerInfo.read(session);
            BaseChecks.requireKnownVersion(server);
            BaseChecks.requireArchiving(session);
            if (server.inRecovery()) {
                throw new RecoveryException(
                        ProblemCode.DATABASE_ERROR,
                        "A standby cannot switch its WAL.",
                        source.database().confirmText() + " is in recovery.",
                        "Run this with the DATABASE_URL of the primary.");
            }
            TimelineId timeline = timeline(session);
            int segmentBytes = server.walSegmentBytes();
            var end = session.one(row -> row.lsn("lsn"), "select pg_switch_wal() as lsn");
            boolean nothing = end.value() % segmentBytes == 0;
            return new Switched(WalSegment.endingAt(end, timeline, segmentBytes), !nothing, 0);
        }
    }

    /** The timeline being written; the control file may still name the one before a promotion. */
    private static TimelineId timeline(Database session) throws RecoveryException {
        String hex =
                session.one(
                        row -> row.text("timeline"),
                        "select left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) as timeline");
        return new TimelineId(Long.parseLong(hex, 16));
    }
}
