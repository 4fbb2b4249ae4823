package dev.lifeboat.bench;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Whether {@code wal push} keeps up with a server under load: pgbench runs against a server that
 * archives into an S3 server in this process, and what the archiver had done at its end is counted.
 * Commits wait for no disk and checkpoints are near each other, so that there is much WAL. Run by
 * hand from the project's folder: {@code src/test/bench/run.sh dev.lifeboat.bench.ArchivingBench
 * [SECONDS [SCALE [CLIENTS]]]}; default 60, 50 and 4.
 *
 * <p>Exit 1 when the archiver reported a failure, or the bucket does not hold what it was told of.
 */
public final class ArchivingBench {
    private static final double SEGMENT_BYTES = 16 << 20;
    private static final double NANOS = 1e9;
    private static final long ROUND_MILLIS = 250;
    private static final int MOST_FAILURES = 10;
    private static final String ACCESS_KEY = "bench";

    private final TestCluster cluster;
    private final Path bucket;

    private ArchivingBench(TestCluster cluster, Path bucket) {
        this.cluster = cluster;
        this.bucket = bucket;
    }

    /** What the server says of its archiver. */
    private record Archiver(long archived, long failed, String last) {}

    public static void main(String[] arguments) throws Exception {
        String seconds = arguments.length > 0 ? arguments[0] : "60";
        String scale = arguments.length > 1 ? arguments[1] : "50";
        String clients = arguments.length > 2 ? arguments[2] : "4";
        Path launcher = Path.of("packaging/bin/lifeboat").toAbsolutePath();
        built(launcher);
        if (!run(launcher, seconds, scale, clients)) {
            System.exit(1);
        }
    }

    private static boolean run(Path launcher, String seconds, String scale, String clients)
            throws Exception {
        try (TestCluster cluster = TestCluster.create();
                Secret secret = Secret.of("bench-secret");
                S3Server storage =
                        S3Server.start(
                                cluster.root.resolve("s3"), ACCESS_KEY, secret, List.of("wal"))) {
            cluster.environment(variables(cluster, storage.endpoint().toString()));
            cluster.set(
                            Map.of(
                                    "shared_buffers", "256MB",
                                    "max_wal_size", "4GB",
                                    "synchronous_commit", "off",
                                    "checkpoint_timeout", "30s",
                                    "archive_mode", "on",
                                    "archive_command", "'" + launcher + "' wal push '%p'"))
                    .start();
            cluster.pgbench("-i", "-q", "-s", scale);
            var bench = new ArchivingBench(cluster, cluster.root.resolve("s3/wal/wal"));
            bench.awaitNoBacklog();
            return bench.measure(seconds, clients);
        }
    }

    /** The first call of the launcher may build the program; that is not measured. */
    private static void built(Path launcher) throws IOException, InterruptedException {
        if (new ProcessBuilder(launcher.toString(), "--version").inheritIO().start().waitFor()
                != 0) {
            throw new IOException(launcher + " does not run");
        }
    }

    private static Map<String, String> variables(TestCluster cluster, String endpoint) {
        var variables = new HashMap<String, String>();
        variables.put("BACKUP_BUCKET", "wal");
        variables.put("BACKUP_REGION", "us-east-1");
        variables.put("BACKUP_ENDPOINT_URL", endpoint);
        variables.put("BACKUP_ENCRYPTION_KEY", "a passphrase of the bench");
        variables.put("AWS_ACCESS_KEY_ID", ACCESS_KEY);
        variables.put("AWS_SECRET_ACCESS_KEY", "bench-secret");
        variables.put("LIFEBOAT_HOME", cluster.root.resolve("home").toString());
        variables.put("BACKUP_LOG_DIR", cluster.root.resolve("logs").toString());
        variables.put("HOME", cluster.root.toString());
        variables.put("PATH", System.getenv("PATH"));
        return variables;
    }

    private boolean measure(String seconds, String clients) throws Exception {
        Lsn from = position();
        Archiver before = archiver();
        long began = System.nanoTime();
        CompletableFuture<String> load =
                CompletableFuture.supplyAsync(() -> load(seconds, clients));
        long most = 0;
        while (!load.isDone()) {
            most = Math.max(most, backlog());
            TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
        }
        double ran = (System.nanoTime() - began) / NANOS;
        double produced = position().minus(from) / SEGMENT_BYTES;
        long archived = archiver().archived() - before.archived();
        long left = backlog();
        String last = cluster.value("pg_walfile_name(pg_current_wal_lsn())");
        cluster.execute("select pg_switch_wal()");
        long drains = System.nanoTime();
        awaitArchived(last);
        double drained = (System.nanoTime() - drains) / NANOS;
        report(load.join(), ran, produced, archived);
        System.out.printf(
                Locale.ROOT,
                "backlog: at most %d segments, %d at the end, drained after %.1f s%n",
                most,
                left,
                drained);
        return holds(before);
    }

    private static void report(String load, double ran, double produced, long archived) {
        load.lines().filter(line -> line.startsWith("tps")).forEach(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "produced: %.0f segments in %.1f s, %.2f a second%n",
                produced,
                ran,
                produced / ran);
        System.out.printf(
                Locale.ROOT,
                "archived meanwhile: %d segments, %.2f a second%n",
                archived,
                archived / ran);
    }

    /** Every segment that the server was told of must lie in the bucket. */
    private boolean holds(Archiver before) throws Exception {
        Archiver now = archiver();
        long failures = now.failed() - before.failed();
        long stored;
        try (var files = Files.walk(bucket)) {
            stored =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("[0-9A-F]{24}\\.zst\\.enc"))
                            .count();
        }
        System.out.println("failed calls: " + failures);
        System.out.println("stored: " + stored + " segments of " + now.archived());
        return failures == 0 && stored == now.archived();
    }

    private String load(String seconds, String clients) {
        try {
            return cluster.pgbench("-n", "-T", seconds, "-c", clients, "-j", "2");
        } catch (RecoveryException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void awaitNoBacklog() throws Exception {
        String last = cluster.value("pg_walfile_name(pg_current_wal_lsn())");
        cluster.execute("select pg_switch_wal()");
        awaitArchived(last);
    }

    private void awaitArchived(String segment) throws Exception {
        for (Archiver now = archiver(); now.last().compareTo(segment) < 0; now = archiver()) {
            if (now.failed() > MOST_FAILURES) {
                throw new IOException("archive_command fails; see " + cluster.log);
            }
            TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
        }
    }

    private Lsn position() throws RecoveryException {
        return Lsn.parse(cluster.value("pg_current_wal_lsn()"));
    }

    private Archiver archiver() throws RecoveryException {
        String[] counts =
                cluster.value(
                                "select archived_count || ' ' || failed_count || ' ' ||"
                                        + " coalesce(last_archived_wal, '0') from pg_stat_archiver")
                        .split(" ", 3);
        return new Archiver(Long.parseLong(counts[0]), Long.parseLong(counts[1]), counts[2]);
    }

    /** Segments that the server has finished and nobody has taken. */
    private long backlog() throws IOException {
        Path status = cluster.dataDirectory.resolve("pg_wal/archive_status");
        try (var files = Files.list(status)) {
            return files.filter(file -> file.toString().endsWith(".ready")).count();
        }
    }
}
