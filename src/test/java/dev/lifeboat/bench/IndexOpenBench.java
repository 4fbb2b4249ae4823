package dev.lifeboat.bench;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectVisitor;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.SegmentSummary;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVersion;
import dev.lifeboat.wal.archive.ObjectIdentity;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.archive.WalTrust;
import dev.lifeboat.wal.index.BlockName;
import dev.lifeboat.wal.index.EndedSecond;
import dev.lifeboat.wal.index.IndexKeeper;
import dev.lifeboat.wal.index.IndexedCommit;
import dev.lifeboat.wal.index.IndexedWal;
import dev.lifeboat.wal.index.SegmentEntry;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how long the index of 1,000,000 segments takes to open, and in how much memory: four
 * seconds with commits in each segment. Run by hand on Linux: {@code java -Xmx512m -cp ...
 * dev.lifeboat.bench.IndexOpenBench [rounds]}.
 */
public final class IndexOpenBench {
    private static final int SEGMENTS = 1_000_000;
    private static final int SIZE = 16 << 20;
    private static final String SYSTEM = "7380000000000000001";
    private static final Instant BEGIN = Instant.parse("2026-04-07T02:00:00Z");

    private IndexOpenBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
        Path cache = Files.createTempDirectory("index-bench");
        var places = new IndexedWal.Places(Optional.of(cache), Optional.empty(), "bench");
        try (Secret passphrase = Secret.of("correct horse battery staple");
                var keys = new KeyRing(List.of(EncryptionKey.of(passphrase)))) {
            write(places);
            System.out.printf(Locale.ROOT, "%d MiB on disk%n", size(cache) >> 20);
            var archive =
                    new RegionWalArchive(
                            new RegionPair(listed(), null, RegionChoice.AUTO),
                            keys,
                            "",
                            WalTrust.AS_THE_ARCHIVE);
            WalInventory inventory = archive.inventory(CancelToken.never());
            for (int round = 0; round < rounds; round++) {
                long before = used();
                long began = System.nanoTime();
                IndexedWal wal =
                        IndexedWal.open(
                                archive, inventory, SYSTEM, SIZE, places, CancelToken.never());
                double seconds = (System.nanoTime() - began) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "opened %d in %.2f s, %d MiB of heap; process %s%n",
                        wal.index().size(),
                        seconds,
                        (used() - before) >> 20,
                        resident());
                ask(wal);
            }
        }
    }

    private static void ask(IndexedWal wal) {
        var run = new WalRun(segment(0), segment(SEGMENTS - 1));
        long began = System.nanoTime();
        int questions = 10_000;
        long sum = 0;
        for (int i = 0; i < questions; i++) {
            Instant time = BEGIN.plusSeconds(i * 399L);
            WalSegment at = wal.index().firstBeyond(run, time).orElseThrow();
            sum += wal.index().commits(new WalRun(at, run.last()));
            sum += wal.index().entry(at).orElseThrow().commits();
        }
        System.out.printf(
                Locale.ROOT,
                "a question takes %.1f us (%d)%n",
                (System.nanoTime() - began) / 1e3 / questions,
                sum % 10);
    }

    private static void write(IndexedWal.Places places) throws Exception {
        var keeper = new IndexKeeper(places, SYSTEM, SIZE);
        for (int i = 0; i < SEGMENTS; i++) {
            keeper.add(entry(i));
            if ((i + 2) % BlockName.SEGMENTS == 0 || i == SEGMENTS - 1) {
                keeper.flush(CancelToken.never());
            }
        }
    }

    private static WalSegment segment(long index) {
        return new WalSegment(TimelineId.FIRST, index + 1, SIZE);
    }

    private static SegmentEntry entry(int index) {
        WalSegment segment = segment(index);
        Instant first = BEGIN.plusSeconds(index * 4L);
        List<EndedSecond> seconds = new ArrayList<>();
        IndexedCommit last = null;
        for (int i = 0; i < 4; i++) {
            Instant from = first.plusSeconds(i);
            Lsn at = segment.start().plus(i * 4_000_000L);
            last = new IndexedCommit(index * 4 + i, from.plusMillis(900), at);
            seconds.add(
                    new EndedSecond(
                            from.getEpochSecond(),
                            250,
                            1,
                            from.plusMillis(1),
                            last.time(),
                            Optional.of(last)));
        }
        var ended =
                new SegmentEntry.Ended(
                        1000,
                        4,
                        seconds.getFirst().lastCommit(),
                        Optional.of(last),
                        first,
                        last.time(),
                        last.time());
        Lsn start = segment.start();
        return new SegmentEntry(
                segment,
                WalVersion.POSTGRESQL_15,
                new SegmentEntry.Source(ObjectIdentity.of(3_000_000, etag(index)), 3_000_000),
                TimelineId.FIRST,
                segment.end(),
                true,
                false,
                Optional.of(
                        new SegmentSummary.Records(
                                10_000, start.plus(40), start, start.plus(100), segment.end())),
                Optional.of(ended),
                seconds,
                List.of(),
                SegmentEntry.Absent.NOTHING);
    }

    private static String etag(int index) {
        return String.format(Locale.ROOT, "%032x", index);
    }

    /** A store that can list the segments and nothing else. */
    private static ObjectStore listed() {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        IndexOpenBench.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("list")) {
                                list((String) arguments[1], (ObjectVisitor) arguments[2]);
                                return null;
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    private static void list(String after, ObjectVisitor visitor) throws Exception {
        for (int i = 0; i < SEGMENTS; i++) {
            String key = "wal/" + segment(i).name() + ".zst.enc";
            if (key.compareTo(after) > 0
                    && !visitor.visit(
                            new ObjectInfo(
                                    key,
                                    3_000_000,
                                    etag(i),
                                    BEGIN,
                                    ObjectInfo.STANDARD,
                                    Map.of(),
                                    ObjectInfo.Availability.AVAILABLE))) {
                return;
            }
        }
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("?");
    }
}
