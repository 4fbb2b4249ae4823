package dev.lifeboat.bench;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.wal.SegmentScanner;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalSegment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executors;

/**
 * Measures how fast commits are read from WAL, beside pg_waldump on the same segments in the same
 * run. Prints MB/s (10^6 bytes) of wall time and, in parentheses, per second of processor, which
 * holds on a busy machine too: medians of all rounds. Run by hand on Linux: {@code java -Xmx512m
 * -cp ... dev.lifeboat.bench.WalReadBench [rounds]}.
 */
public final class WalReadBench {
    private static final int SEGMENT_BYTES = 16 << 20;
    private static final int TICKS_PER_SECOND = 100;

    private final Path wal;
    private final Path waldump;
    private final List<WalSegment> segments = new ArrayList<>();

    /** What is measured. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private WalReadBench(TestCluster server) throws Exception {
        wal = server.dataDirectory.resolve("pg_wal");
        waldump = server.programs.path(PgProgram.PG_WALDUMP);
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 7 : Integer.parseInt(arguments[0]);
        try (TestCluster server = TestCluster.create()) {
            server.set(
                    Map.of(
                            "wal_keep_size", "32GB",
                            "max_wal_size", "32GB",
                            "checkpoint_timeout", "1min",
                            "autovacuum", "off"));
            server.start();
            server.pgbench("-i", "-s", "20", "-q");
            server.execute("CHECKPOINT");
            server.pgbench("-n", "-M", "prepared", "-c", "4", "-j", "2", "-t", "60000");
            server.execute("SELECT pg_switch_wal()");
            server.stop(StopMode.IMMEDIATE);
            new WalReadBench(server).measure(rounds);
        }
    }

    private void measure(int rounds) throws Exception {
        findCompleteSegments();
        double megabytes = segments.size() * (SEGMENT_BYTES / 1e6);
        System.out.printf(Locale.ROOT, "%d segments, %.0f MB%n", segments.size(), megabytes);
        String[] names = {
            "lifeboat, 1 thread",
            "lifeboat, 2 threads",
            "pg_waldump",
            "pg_waldump -r Transaction",
            "pg_waldump -z"
        };
        Work[] works = {
            this::readInOrder,
            this::scanWithTwo,
            () -> dump(),
            () -> dump("-r", "Transaction"),
            () -> dump("-z")
        };
        double[][] wall = new double[works.length][rounds];
        double[][] busy = new double[works.length][rounds];
        for (int round = -2; round < rounds; round++) {
            for (int i = 0; i < works.length; i++) {
                double processor = processorSeconds();
                long start = System.nanoTime();
                works[i].run();
                if (round >= 0) {
                    wall[i][round] = (System.nanoTime() - start) / 1e9;
                    busy[i][round] = processorSeconds() - processor;
                }
            }
        }
        for (int i = 0; i < works.length; i++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %6.0f MB/s (%6.0f)%n",
                    names[i],
                    megabytes / median(wall[i]),
                    megabytes / median(busy[i]));
        }
    }

    private void findCompleteSegments() throws IOException, InterruptedException {
        try (var files = Files.list(wal)) {
            files.map(file -> WalSegment.parse(file.getFileName().toString(), SEGMENT_BYTES))
                    .flatMap(segment -> segment.stream())
                    .sorted()
                    .forEach(segments::add);
        }
        var reader = ignoringReader();
        for (int i = 0; i < segments.size(); i++) {
            try (var content = Files.newInputStream(wal.resolve(segments.get(i).name()))) {
                if (!reader.read(segments.get(i), content).isComplete()) {
                    segments.subList(i, segments.size()).clear();
                }
            } catch (dev.lifeboat.kernel.RecoveryException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static WalReader ignoringReader() {
        return new WalReader(new TransactionLog());
    }

    private void readInOrder() throws Exception {
        var reader = ignoringReader();
        for (WalSegment segment : segments) {
            try (var content = Files.newInputStream(wal.resolve(segment.name()))) {
                reader.read(segment, content).requireComplete();
            }
        }
    }

    private void scanWithTwo() throws Exception {
        var scanner =
                new SegmentScanner(
                        segment -> Files.newInputStream(wal.resolve(segment.name())),
                        OptionalLong.empty());
        try (var executor = Executors.newFixedThreadPool(2)) {
            scanner.summarizeAll(segments, executor, CancelToken.never());
        }
    }

    private void dump(String... options) throws Exception {
        var command = new ArrayList<String>(List.of(waldump.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-p", wal.toString(), segments.getFirst().name()));
        command.add(segments.getLast().name());
        int status =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IllegalStateException(command + " ended with " + status);
        }
    }

    /** Of this process and of the children that have ended. */
    private static double processorSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = 11; field <= 14; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return (double) ticks / TICKS_PER_SECOND;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
