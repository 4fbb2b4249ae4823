package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The reader against pg_waldump, record for record, on servers of PostgreSQL 15. */
class WalReaderIT {
    private static final int MEGABYTE = 1 << 20;
    private static final List<String> EVERY_KIND =
            List.of(
                    "COMMIT",
                    "ABORT",
                    "PREPARE",
                    "COMMIT_PREPARED",
                    "ABORT_PREPARED",
                    "INSERT",
                    "DELETE",
                    "UPDATE",
                    "HOT_UPDATE",
                    "MULTI_INSERT",
                    "INPLACE",
                    "Checkpoint",
                    "RestorePoint",
                    "ParameterChange",
                    "Switch",
                    "BackupEnd",
                    "FullPageWritesChange",
                    "RunningTransactions",
                    "DatabaseCreated",
                    "DatabaseDropped",
                    "TablespaceCreated",
                    "TablespaceDropped",
                    "RelationFileCreated",
                    "RelationFileTruncated",
                    "TablesTruncated");

    @Test
    void agreesWithPgWaldumpOnEveryRecordOfARichWorkload() throws Exception {
        try (var server = ServerWal.ofFifteen(1)) {
            RichWorkload.run(server);
            server.stop(StopMode.IMMEDIATE);

            var compared = new WaldumpComparison(server, MEGABYTE, ServerWal.segments(server));

            assertThat(compared.differences).isEmpty();
            assertThat(compared.segments).isGreaterThan(200);
            assertThat(compared.kinds).containsAll(EVERY_KIND);
            assertThat(compared.end.end()).isEqualTo(compared.waldumpEnd);
        }
    }

    @Test
    void agreesWithPgWaldumpOnRecycledSegments() throws Exception {
        try (var server = ServerWal.ofFifteen(16)) {
            server.set(
                    Map.of("wal_keep_size", "0", "max_wal_size", "64MB", "min_wal_size", "64MB"));
            server.start();
            server.pgbench("-i", "-s", "10", "-q");
            server.execute("CHECKPOINT", "CHECKPOINT", "CHECKPOINT");
            server.pgbench("-n", "-c", "2", "-t", "500");
            server.stop(StopMode.IMMEDIATE);

            var compared = new WaldumpComparison(server, 16 << 20, ServerWal.segments(server));

            assertThat(compared.differences).isEmpty();
            assertThat(compared.end.kind()).isIn(WalEnd.Kind.ZEROES, WalEnd.Kind.OLD_CONTENT);
            assertThat(hasOldContentBehind(server, compared.end)).isTrue();
            assertThat(compared.end.end()).isEqualTo(compared.waldumpEnd);
        }
    }

    private static boolean hasOldContentBehind(TestCluster server, WalEnd end) throws Exception {
        byte[] last = Files.readAllBytes(ServerWal.folder(server).resolve(end.segment().name()));
        return !WalPage.isZero(last, last.length - WalPage.BYTES, last.length);
    }

    @Test
    void followsTheLogOverARecordThatACrashCutOff() throws Exception {
        try (var server = ServerWal.ofFifteen(1)) {
            server.start();
            server.execute("SELECT pg_logical_emit_message(false, 'cut', repeat('x', 3000000))");
            server.stop(StopMode.IMMEDIATE);
            List<Path> segments = ServerWal.segments(server);
            for (Path segment : segments.subList(segments.size() - 3, segments.size())) {
                Files.delete(segment);
            }
            server.start();
            server.pgbench("-i", "-q");
            server.stop(StopMode.IMMEDIATE);

            var compared = new WaldumpComparison(server, MEGABYTE, ServerWal.segments(server));

            assertThat(compared.differences).isEmpty();
            assertThat(compared.kinds).contains("ContinuationOverwritten");
            assertThat(compared.end.end()).isEqualTo(compared.waldumpEnd);
        }
    }

    @Test
    void followsTheLogThroughAPromotion() throws Exception {
        try (var server = ServerWal.ofFifteen(1)) {
            server.start();
            server.pgbench("-i", "-q");
            server.stop(StopMode.IMMEDIATE);
            Files.createFile(server.dataDirectory.resolve("standby.signal"));
            server.host.files().chown(server.dataDirectory.resolve("standby.signal"), server.user);
            server.start();
            server.execute("SELECT pg_promote()");
            server.pgbench("-n", "-t", "200");
            Lsn reached = Lsn.parse(server.value("pg_current_wal_flush_lsn()"));
            server.stop(StopMode.IMMEDIATE);
            Path history = ServerWal.folder(server).resolve("00000002.history");
            TimelinePath path =
                    TimelineHistory.parse(new TimelineId(2), Files.readString(history)).path();
            List<Path> chain = chain(server, path);

            var compared = new WaldumpComparison(server, MEGABYTE, ofTwo(chain), "-t", "2");
            var whole = new TransactionLog();
            WalEnd end = ServerWal.read(chain, MEGABYTE, whole);

            assertThat(compared.differences).isEmpty();
            assertThat(compared.kinds).contains("EndOfRecovery");
            assertThat(end.end()).isEqualTo(compared.waldumpEnd);
            assertThat(end.end()).isGreaterThanOrEqualTo(reached);
            assertThat(whole.size()).isGreaterThan(200);
        }
    }

    /** The segments of a path in the order of the log, as recovery would choose them. */
    private static List<Path> chain(TestCluster server, TimelinePath path) throws Exception {
        var chain = new ArrayList<Path>();
        String oldest = ServerWal.segments(server).getFirst().getFileName().toString();
        long number = WalSegment.parse(oldest, MEGABYTE).orElseThrow().number();
        while (true) {
            Path found = null;
            for (WalSegment candidate : path.candidates(number++, MEGABYTE)) {
                Path file = ServerWal.folder(server).resolve(candidate.name());
                found = found == null && Files.exists(file) ? file : found;
            }
            if (found == null) {
                return chain;
            }
            chain.add(found);
        }
    }

    private static List<Path> ofTwo(List<Path> chain) {
        return chain.stream()
                .filter(f -> f.getFileName().toString().startsWith("00000002"))
                .toList();
    }
}
