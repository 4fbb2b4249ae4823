package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reader against pg_waldump, record for record, on a server of PostgreSQL 15. */
class WalReaderIT {
    private static final int SHOWN = 10;
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
    private static final Pattern END = Pattern.compile(" at ([0-9A-F]+/[0-9A-F]+)");

    @Test
    void agreesWithPgWaldumpOnEveryRecordOfARichWorkload() throws Exception {
        try (var server = new WalTestServer(1)) {
            RichWorkload.run(server);
            server.stop("immediate");

            var difference = new Comparison(server.wal(), 1 << 20, server.segments());

            assertThat(difference.found).isEmpty();
            assertThat(difference.segments).isGreaterThan(200);
            assertThat(difference.kinds).containsAll(EVERY_KIND);
            assertThat(difference.end.end()).isEqualTo(difference.waldumpEnd);
        }
    }

    @Test
    void followsTheLogOverARecordThatACrashCutOff() throws Exception {
        try (var server = new WalTestServer(1)) {
            server.start();
            server.sql("SELECT pg_logical_emit_message(false, 'cut off', repeat('x', 3000000))");
            server.stop("immediate");
            List<Path> segments = server.segments();
            for (Path segment : segments.subList(segments.size() - 3, segments.size())) {
                Files.delete(segment);
            }
            server.start();
            server.pgbench("-i", "-q");
            server.stop("immediate");

            var difference = new Comparison(server.wal(), 1 << 20, server.segments());

            assertThat(difference.found).isEmpty();
            assertThat(difference.kinds).contains("ContinuationOverwritten");
            assertThat(difference.end.end()).isEqualTo(difference.waldumpEnd);
        }
    }

    @Test
    void followsTheLogThroughAPromotion() throws Exception {
        try (var server = new WalTestServer(1)) {
            server.start();
            server.pgbench("-i", "-q");
            server.stop("immediate");
            Files.createFile(server.data().resolve("standby.signal"));
            server.start();
            server.sql("SELECT pg_promote()");
            server.pgbench("-n", "-t", "200");
            Lsn reached = Lsn.parse(server.sql("SELECT pg_current_wal_flush_lsn()"));
            server.stop("immediate");
            var two = new TimelineId(2);
            String history = Files.readString(server.wal().resolve("00000002.history"));
            TimelinePath path = TimelineHistory.parse(two, history).path();
            List<Path> chain = chain(server, path);

            var difference = new Comparison(server.wal(), 1 << 20, newest(chain), "-t", "2");
            var whole = new KindCounter();
            WalEnd end = readAll(chain, 1 << 20, whole);

            assertThat(difference.found).isEmpty();
            assertThat(difference.kinds).contains("EndOfRecovery");
            assertThat(whole.kinds).contains("EndOfRecovery", "COMMIT");
            assertThat(end.end()).isEqualTo(difference.waldumpEnd);
            assertThat(end.end()).isGreaterThanOrEqualTo(reached);
        }
    }

    private static List<Path> chain(WalTestServer server, TimelinePath path) throws Exception {
        var chain = new ArrayList<Path>();
        String oldest = server.segments().getFirst().getFileName().toString();
        long number = WalSegment.parse(oldest, 1 << 20).orElseThrow().number();
        while (true) {
            Path found = null;
            for (WalSegment candidate : path.candidates(number, 1 << 20)) {
                Path file = server.wal().resolve(candidate.name());
                if (found == null && Files.exists(file)) {
                    found = file;
                }
            }
            if (found == null) {
                return chain;
            }
            chain.add(found);
            number++;
        }
    }

    private static List<Path> newest(List<Path> chain) {
        return chain.stream()
                .filter(f -> f.getFileName().toString().startsWith("00000002"))
                .toList();
    }

    @Test
    void agreesWithPgWaldumpOnRecycledSegments() throws Exception {
        try (var server =
                new WalTestServer(
                        16, "wal_keep_size = 0", "max_wal_size = 64MB", "min_wal_size = 64MB")) {
            server.start();
            server.pgbench("-i", "-s", "10", "-q");
            server.sql("CHECKPOINT", "CHECKPOINT", "CHECKPOINT");
            server.pgbench("-n", "-c", "2", "-t", "500");
            server.stop("immediate");

            var difference = new Comparison(server.wal(), 16 << 20, server.segments());

            assertThat(difference.found).isEmpty();
            assertThat(difference.end.kind()).isIn(WalEnd.Kind.ZEROES, WalEnd.Kind.OLD_CONTENT);
            assertThat(hasOldContentBehind(server.wal(), difference.end)).isTrue();
            assertThat(difference.end.end()).isEqualTo(difference.waldumpEnd);
        }
    }

    private static boolean hasOldContentBehind(Path wal, WalEnd end) throws Exception {
        byte[] last = Files.readAllBytes(wal.resolve(end.segment().name()));
        return !WalPage.isZero(last, last.length - WalPage.BYTES, last.length);
    }

    /** Reads the same segments by both, up to where the log ends. */
    private static final class Comparison {
        final List<String> found = new ArrayList<>();
        final Set<String> kinds;
        int segments;
        WalEnd end;
        Lsn waldumpEnd;
        private final StringBuilder mine = new StringBuilder();
        private BufferedReader theirs;

        Comparison(Path wal, int segmentBytes, List<Path> files, String... options)
                throws Exception {
            Lsn first = firstRecord(files.getFirst(), segmentBytes);
            var arguments = new ArrayList<>(List.of("-s", first.toString()));
            arguments.addAll(List.of(options));
            Path complaint = Files.createTempFile("waldump", ".err");
            Process waldump =
                    WalTestServer.waldump(wal, arguments).redirectError(complaint.toFile()).start();
            theirs =
                    new BufferedReader(
                            new InputStreamReader(
                                    waldump.getInputStream(), StandardCharsets.UTF_8));
            var collector = new Collector();
            end = readAll(files, segmentBytes, collector);
            segments = files.indexOf(wal.resolve(end.segment().name())) + 1;
            kinds = collector.kinds;
            compare();
            String more = theirs.readLine();
            if (more != null && found.isEmpty()) {
                found.add("pg_waldump goes on with " + more);
            }
            waldump.destroy();
            waldump.waitFor();
            Matcher position = END.matcher(Files.readString(complaint));
            while (position.find()) {
                waldumpEnd = Lsn.parse(position.group(1));
            }
            Files.delete(complaint);
        }

        private void compare() throws IOException {
            if (mine.isEmpty() || found.size() >= SHOWN) {
                mine.setLength(0);
                return;
            }
            String line = theirs.readLine();
            String expected = line == null ? "nothing" : DumpedRecord.ofLine(line);
            if (!expected.contentEquals(mine)) {
                found.add("\nmine   " + mine + "\ntheirs " + expected + "\nof     " + line);
            }
            mine.setLength(0);
        }

        /**
         * Completes a record's text with what it means, and compares it when the next one comes.
         */
        private final class Collector extends KindCounter {
            @Override
            public void record(WalRecord record) {
                try {
                    compare();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                mine.append(DumpedRecord.of(record));
            }

            @Override
            public void transaction(TransactionRecord transaction) {
                super.transaction(transaction);
                mine.append(DumpedRecord.of(transaction));
            }

            @Override
            public void heap(HeapRecord change) {
                super.heap(change);
                mine.append(DumpedRecord.of(change));
            }

            @Override
            public void event(WalEvent event) {
                super.event(event);
                mine.append(DumpedRecord.of(event));
            }
        }
    }

    /** Remembers what kinds of records there were. */
    private static class KindCounter implements WalVisitor {
        final Set<String> kinds = new TreeSet<>();

        @Override
        public void transaction(TransactionRecord transaction) {
            kinds.add(transaction.kind().name());
        }

        @Override
        public void heap(HeapRecord change) {
            kinds.add(change.kind().name());
        }

        @Override
        public void event(WalEvent event) {
            kinds.add(event.getClass().getSimpleName());
        }
    }

    private static WalEnd readAll(List<Path> files, int segmentBytes, WalVisitor visitor)
            throws Exception {
        var reader = new WalReader(visitor);
        WalEnd end = null;
        for (Path file : files) {
            WalSegment segment =
                    WalSegment.parse(file.getFileName().toString(), segmentBytes).orElseThrow();
            try (var content = Files.newInputStream(file)) {
                end = reader.read(segment, content);
            }
            if (!end.isComplete()) {
                return end;
            }
        }
        return end;
    }

    private static Lsn firstRecord(Path file, int segmentBytes) throws Exception {
        var first = new ArrayList<Lsn>();
        var reader =
                new WalReader(
                        new WalVisitor() {
                            @Override
                            public void record(WalRecord record) {
                                if (first.isEmpty()) {
                                    first.add(new Lsn(record.start()));
                                }
                            }
                        });
        var segment = WalSegment.parse(file.getFileName().toString(), segmentBytes).orElseThrow();
        WalEnd end = reader.read(segment, Files.readAllBytes(file));
        assertThat(first).as("records in %s", end).isNotEmpty();
        return first.getFirst();
    }
}
