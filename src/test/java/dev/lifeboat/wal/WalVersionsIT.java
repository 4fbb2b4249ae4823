package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reader against what servers of later majors say of their own log. */
class WalVersionsIT {
    private static final int MEGABYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18})
    void agreesWithTheServer(int major) throws Exception {
        assumeTrue(major == 15 || ServerBinaries.areUsableHere());
        if (major == 15) {
            try (var server = ServerWal.ofFifteen(1)) {
                agrees(server, major);
            }
        } else {
            try (var binaries = new ServerBinaries(major);
                    var server = TestCluster.create(binaries.installation(), "--wal-segsize=1")) {
                agrees(server.set(ServerWal.KEEP), major);
            }
        }
    }

    private void agrees(TestCluster server, int major) throws Exception {
        server.set(Map.of("track_commit_timestamp", "on", "autovacuum", "off"));
        server.start();
        var acts = new ServerActs(server);
        acts.play();
        try (Database session = server.connect()) {
            ToldLog told = new ToldLog();
            WalEnd end = ServerWal.read(ServerWal.segments(server), MEGABYTE, told);
            header(server, session, major);
            endsAndTimes(session, told);
            checkpoint(session, told);
            acts.compare(told);
            assertThat(end.end()).isGreaterThanOrEqualTo(acts.lastFlushed);
        }
        crashAndPromote(server);
    }

    private static void header(TestCluster server, Database session, int major) throws Exception {
        byte[] first = Files.readAllBytes(ServerWal.segments(server).getFirst());

        SegmentHeader header = SegmentHeader.parse(first);

        assertThat(header.version().major()).isEqualTo(major);
        assertThat(header.segmentSizeBytes()).isEqualTo(MEGABYTE);
        assertThat(Long.toUnsignedString(header.systemIdentifier()))
                .isEqualTo(
                        ServerActs.text(
                                session,
                                "select system_identifier as value from pg_control_system()"));
    }

    /**
     * Every transaction of the log, its fate and its time to the microsecond; and none left out.
     */
    private static void endsAndTimes(Database session, ToldLog told) throws RecoveryException {
        TransactionLog ends = told.ends;
        var byXid = new HashMap<Integer, Integer>();
        for (int i = 0; i < ends.size(); i++) {
            byXid.put(ends.xid(i), i);
        }
        long compared =
                session.query(
                                row -> {
                                    int xid = (int) row.number("xid");
                                    boolean isCommitted = row.text("fate").equals("committed");
                                    assertThat(told.committed.contains(xid))
                                            .as("xid %d", xid)
                                            .isEqualTo(isCommitted);
                                    Integer end = byXid.get(xid);
                                    if (isCommitted && end != null) {
                                        assertThat(PostgresTime.micros(ends.time(end)))
                                                .isEqualTo(row.number("micros") - EPOCH_MICROS);
                                    }
                                    return xid;
                                },
                                "select x as xid, pg_xact_status(x::text::xid8) as fate,"
                                        + " coalesce((extract(epoch from"
                                        + " pg_xact_commit_timestamp(x::text::xid)) * 1000000)::bigint,"
                                        + " 0) as micros from generate_series(?::int, ?::int) x"
                                        + " where pg_xact_status(x::text::xid8) <> 'in progress'",
                                told.all(WalEvent.ParameterChange.class).isEmpty()
                                        ? ends.xid(0)
                                        : firstXidWithTime(told),
                                ends.xid(ends.size() - 1))
                        .size();
        assertThat(compared).isGreaterThan(100);
    }

    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    /** Commit times are kept since the server first started with track_commit_timestamp. */
    private static int firstXidWithTime(ToldLog told) {
        Lsn since = told.all(WalEvent.ParameterChange.class).getFirst().start();
        return told.ends.xid(told.ends.firstEndingAfter(since));
    }

    private static void checkpoint(Database session, ToldLog told) throws RecoveryException {
        WalEvent.Checkpoint last = told.all(WalEvent.Checkpoint.class).getLast();
        String expected =
                ServerActs.text(
                        session,
                        "select concat_ws(' ', checkpoint_lsn, redo_lsn, timeline_id,"
                                + " prev_timeline_id, full_page_writes, next_xid,"
                                + " extract(epoch from checkpoint_time)::bigint) as value"
                                + " from pg_control_checkpoint()");
        String nextXid = (last.nextXid() >>> 32) + ":" + (last.nextXid() & 0xFFFFFFFFL);
        assertThat(
                        String.join(
                                " ",
                                last.start().toString(),
                                last.redo().toString(),
                                last.timeline().toString(),
                                last.previousTimeline().toString(),
                                last.fullPageWrites() ? "t" : "f",
                                nextXid,
                                Long.toString(last.time().getEpochSecond())))
                .isEqualTo(expected);
    }

    /** What a crashed server says of its log when it recovers; then the new timeline. */
    private static void crashAndPromote(TestCluster server) throws Exception {
        server.execute("insert into account select i, 'late', 0 from generate_series(1, 500) i");
        server.stop(StopMode.IMMEDIATE);
        WalEnd end = ServerWal.read(ServerWal.segments(server), MEGABYTE, new WalVisitor() {});
        Path signal = Files.createFile(server.dataDirectory.resolve("standby.signal"));
        server.host.files().chown(signal, server.user);
        server.start();
        server.execute("select pg_promote()");
        server.execute("insert into account values (0, 'after', 0)");
        server.stop(StopMode.IMMEDIATE);
        String log = Files.readString(server.log);

        assertThat(last(log, "invalid record length at (\\S+):")).isEqualTo(end.end().toString());
        assertThat(last(log, "redo done at (\\S+) "))
                .isEqualTo(end.lastRecord().orElseThrow().toString());
        ToldLog told = new ToldLog();
        List<Path> two =
                ServerWal.segments(server).stream()
                        .filter(f -> f.getFileName().toString().startsWith("00000002"))
                        .toList();
        ServerWal.read(two, MEGABYTE, told);
        WalEvent.EndOfRecovery promotion = told.all(WalEvent.EndOfRecovery.class).getFirst();
        assertThat(promotion.start()).isEqualTo(end.end());
        assertThat(promotion.timeline()).isEqualTo(new TimelineId(2));
        assertThat(promotion.previousTimeline()).isEqualTo(TimelineId.FIRST);
        assertThat(told.changes).anyMatch(c -> c.relations().size() == 1);
    }

    private static String last(String log, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(log);
        String last = null;
        while (found.find()) {
            last = found.group(1);
        }
        return last;
    }
}
