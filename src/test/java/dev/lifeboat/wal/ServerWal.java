package dev.lifeboat.wal;

import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.TestCluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The log of a test's server, kept whole in pg_wal. */
final class ServerWal {
    /** Settings under which nothing in pg_wal is removed or used again. */
    static final Map<String, String> KEEP =
            Map.of(
                    "wal_keep_size", "8GB",
                    "max_wal_size", "8GB",
                    "max_prepared_transactions", "10");

    private ServerWal() {}

    /** A PostgreSQL 15, whose pg_waldump is at hand. */
    static TestCluster ofFifteen(int segmentMegabytes) throws Exception {
        return TestCluster.create(
                        TestCluster.installed()
                                .ofMajor(
                                        15,
                                        PgProgram.POSTGRES,
                                        PgProgram.INITDB,
                                        PgProgram.PG_WALDUMP),
                        "--wal-segsize=" + segmentMegabytes)
                .set(KEEP);
    }

    static Path folder(TestCluster server) {
        return server.dataDirectory.resolve("pg_wal");
    }

    /** All segments, ascending, recycled ones included. */
    static List<Path> segments(TestCluster server) throws IOException {
        try (var files = Files.list(folder(server))) {
            return files.filter(f -> f.getFileName().toString().matches("[0-9A-F]{24}"))
                    .sorted()
                    .toList();
        }
    }

    /** Reads those segments up to where the log ends. */
    static WalEnd read(List<Path> files, int segmentBytes, WalVisitor visitor) throws Exception {
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
}
