package dev.lifeboat.bench;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ParallelListing;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.s3.S3ObjectStore;
import dev.lifeboat.storage.s3.S3Settings;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalTrust;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how fast a bucket with 10,000 backups and 1,000,000 segments is listed, beside {@code
 * aws s3 ls --recursive}, on a server in this process that lets each request wait 20 ms. Run by
 * hand: {@code java -Xmx2g -cp ... dev.lifeboat.bench.ListingBench [rounds]}.
 */
public final class ListingBench {
    private static final int SEGMENTS = 1_000_000;
    private static final int BACKUPS = 10_000;
    private static final int DELAY_MILLIS = 20;

    private ListingBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        try (var server = new ListingServer(keys(), DELAY_MILLIS)) {
            for (int round = 0; round < rounds; round++) {
                long began = System.nanoTime();
                long requests = server.requests();
                long found = lifeboat(server);
                tell("lifeboat", began, found, server.requests() - requests);
                began = System.nanoTime();
                requests = server.requests();
                tell("aws s3 ls", began, aws(server), server.requests() - requests);
            }
        }
    }

    private static void tell(String what, long began, long found, long requests) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %6.1f s  %d objects, %d requests%n",
                what,
                (System.nanoTime() - began) / 1e9,
                found,
                requests);
    }

    private static long lifeboat(ListingServer server) throws Exception {
        try (Secret password = Secret.of("none");
                Secret passphrase = Secret.of("correct horse battery staple");
                var keys = new KeyRing(List.of(EncryptionKey.of(passphrase)));
                var store =
                        new S3ObjectStore(
                                S3Settings.of("bench")
                                        .withEndpoint(server.endpoint())
                                        .withRegion("us-east-1")
                                        .withCredentials(
                                                new S3Settings.Credentials.Keys("bench", password)),
                                Clock.systemUTC())) {
            var backups = new AtomicLong();
            new ParallelListing(store, 16)
                    .list(
                            "backups/",
                            _ -> {
                                backups.incrementAndGet();
                                return true;
                            },
                            CancelToken.never());
            var regions = new RegionPair(store, null, RegionChoice.AUTO);
            WalInventory inventory =
                    new RegionWalArchive(regions, keys, "", WalTrust.AS_THE_ARCHIVE)
                            .inventory(CancelToken.never());
            return backups.get() + inventory.regions().getFirst().objects();
        }
    }

    private static long aws(ListingServer server) throws Exception {
        var builder =
                new ProcessBuilder(
                        "aws",
                        "--endpoint-url",
                        server.endpoint().toString(),
                        "s3",
                        "ls",
                        "--recursive",
                        "s3://bench/");
        builder.environment().put("AWS_ACCESS_KEY_ID", "bench");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "none");
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var lines = process.inputReader().lines()) {
            return lines.count();
        }
    }

    private static String[] keys() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < BACKUPS; i++) {
            String day = String.format(Locale.ROOT, "2026%02d%02d", i / 28 % 12 + 1, i % 28 + 1);
            String stem =
                    String.format(Locale.ROOT, "backups/full/%s/db_full_%s_%06d", day, day, i);
            keys.add(stem + ".dump.enc");
            keys.add(stem + ".globals.sql.enc");
            keys.add(stem + ".manifest.json");
        }
        var segment = new WalSegment(TimelineId.FIRST, 1, 16 << 20);
        for (int i = 0; i < SEGMENTS; i++) {
            keys.add("wal/" + segment.name() + ".zst.enc");
            segment = segment.next();
        }
        String[] sorted = keys.toArray(String[]::new);
        Arrays.sort(sorted);
        return sorted;
    }
}
