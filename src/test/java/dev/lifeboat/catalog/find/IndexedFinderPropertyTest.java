package dev.lifeboat.catalog.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.RelationFile;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.HarmKind;
import dev.lifeboat.wal.find.NamedRelation;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What the finder passes over because of the index never changes what it says. */
class IndexedFinderPropertyTest {
    private static final int SEGMENTS = 16;
    private static final long BEGIN = 828_756_000_000_000L;
    private static final RelationFile TABLE = new RelationFile(1663, 5, 16_400);
    private static final RelationFile CLASS = new RelationFile(1663, 5, 1259);

    @Property(tries = 6)
    void withAndWithoutTheIndexTheSameIsFound(@ForAll long seed) throws Exception {
        Path cache = Files.createTempDirectory("finder");
        var random = new Random(seed);
        var story = new Story(random);
        FinderArchive archive = archive(story.log, cache);
        for (int i = 0; i < 10; i++) {
            FindRequest request = request(random, story);

            assertThat(find(archive, true, request))
                    .as("%s", request)
                    .isEqualTo(find(archive, false, request));
        }
        for (int i = 0; i < 6; i++) {
            Instant instant = story.instant(random);
            int count = 1 + random.nextInt(4);

            assertThat(around(archive, true, instant, count))
                    .as("%s", instant)
                    .isEqualTo(around(archive, false, instant, count));
        }
    }

    @Example
    void aCalmLogIsHardlyRead() throws Exception {
        var log = new WalBuilder();
        log.row(0x10, 700, CLASS);
        log.commit(700, BEGIN);
        for (int xid = 701; log.segmentCount() < 20; xid++) {
            log.running(xid, xid);
            log.row(0x00, xid, TABLE);
            log.commit(xid, BEGIN + (xid - 700) * 60_000_000L);
            log.filler(0, 300_000);
        }
        log.switchSegment();
        FinderArchive archive = archive(log, Files.createTempDirectory("finder"));

        find(archive, false, FindRequest.everything());
        assertThat(archive.fetched).hasValue(20);
        find(archive, true, FindRequest.everything());
        assertThat(archive.fetched).hasValueBetween(2, 4);
        around(archive, true, PostgresTime.instant(BEGIN + 40 * 60_000_000L), 2);
        assertThat(archive.fetched).hasValueBetween(2, 10);
    }

    @Example
    void aCommitFarBehindWhatItDidIsRead() throws Exception {
        var log = new WalBuilder();
        calm(log, 3);
        for (int i = 0; i < 160; i++) {
            log.row(0x10, 700, TABLE);
        }
        calm(log, 8);
        log.commit(700, BEGIN + 5);
        calm(log, 14);

        assertThat(deleted(log)).isEqualTo(160);
    }

    @Example
    void aCommitThatTheEndOfItsSegmentCutsIsRead() throws Exception {
        var log = new WalBuilder();
        calm(log, 3);
        for (int i = 0; i < 160; i++) {
            log.row(0x10, 700, TABLE);
        }
        while (left(log) > 8_000) {
            log.filler(0, Math.min(7_000, left(log) - 6_000));
        }
        log.filler(0, left(log) - 24 - 5 - 16);
        assertThat(left(log)).isBetween(1, 32);
        log.commit(700, BEGIN + 5);
        calm(log, 14);

        assertThat(deleted(log)).isEqualTo(160);
    }

    private static int left(WalBuilder log) {
        return (int) (WalBuilder.SEGMENT_BYTES - log.position() % WalBuilder.SEGMENT_BYTES);
    }

    private static void calm(WalBuilder log, int segments) {
        while (log.segmentCount() < segments) {
            log.filler(0, 100_000);
        }
    }

    private static long deleted(WalBuilder log) throws Exception {
        log.switchSegment();
        FinderArchive archive = archive(log, Files.createTempDirectory("finder"));
        List<FoundTransaction> found = find(archive, true, FindRequest.everything()).transactions();
        assertThat(archive.fetched).hasValueLessThan(log.segmentCount());
        return found.stream().mapToLong(each -> each.rows().orElse(0)).sum();
    }

    private static FindResult find(FinderArchive archive, boolean indexed, FindRequest request)
            throws Exception {
        return archive.finder(indexed)
                .find(request, FindListener.none(), new Progress(), CancelToken.never());
    }

    private static FindResult around(
            FinderArchive archive, boolean indexed, Instant instant, int count) throws Exception {
        return archive.finder(indexed).around(instant, count, new Progress(), CancelToken.never());
    }

    private static FindRequest request(Random random, Story story) {
        Set<HarmKind> kinds = EnumSet.noneOf(HarmKind.class);
        for (HarmKind kind : HarmKind.values()) {
            if (random.nextInt(3) == 0) {
                kinds.add(kind);
            }
        }
        return new FindRequest(
                random.nextInt(3) == 0 ? Optional.of(story.instant(random)) : Optional.empty(),
                random.nextInt(3) == 0 ? Optional.of(story.instant(random)) : Optional.empty(),
                random.nextInt(4) == 0 ? Optional.of("t") : Optional.empty(),
                kinds,
                new int[] {1, 100, 100, 150}[random.nextInt(4)]);
    }

    /** Transactions of many lengths that overlap, in a log that is calm most of the time. */
    private static final class Story {
        private final WalBuilder log = new WalBuilder();
        private final Random random;
        private final List<List<Integer>> open = new ArrayList<>();
        private int nextXid = 700;
        private long clock = BEGIN;

        Story(Random random) {
            this.random = random;
            while (log.segmentCount() < SEGMENTS) {
                boolean busy = random.nextInt(4) == 0;
                int acts = random.nextInt(20);
                for (int i = 0; i < acts; i++) {
                    clock += random.nextInt(20_000_000);
                    act(busy);
                }
                endAllBut(random.nextInt(6) == 0 ? 1 : 0);
                log.filler(0, random.nextInt(random.nextInt(8) == 0 ? 2_500_000 : 400_000));
                running();
            }
            log.switchSegment();
        }

        private void act(boolean busy) {
            if (open.isEmpty() || random.nextInt(3) == 0) {
                open.add(new ArrayList<>(List.of(nextXid++)));
            }
            List<Integer> transaction = open.get(random.nextInt(open.size()));
            if (random.nextInt(4) == 0) {
                transaction.add(nextXid++);
            }
            int xid = transaction.get(random.nextInt(transaction.size()));
            switch (random.nextInt(busy ? 10 : 4)) {
                case 0, 1 -> rows(0x00, xid, TABLE, 3);
                case 2 -> end(transaction);
                case 3 -> rows(0x10, xid, TABLE, random.nextInt(3) == 0 ? 2 : 0);
                case 4, 5 -> rows(0x10, xid, TABLE, 90);
                case 6 -> rows(0x10, xid, TABLE, 160);
                case 7 -> rows(0x10, xid, CLASS, 1);
                case 8 -> rows(0x00, xid, CLASS, 130);
                default -> end(transaction);
            }
        }

        private void rows(int opcode, int xid, RelationFile relation, int most) {
            for (int i = most == 0 ? 0 : random.nextInt(most) + 1; i > 0; i--) {
                log.row(opcode, xid, relation);
            }
        }

        private void end(List<Integer> transaction) {
            int[] below = transaction.stream().skip(1).mapToInt(Integer::intValue).toArray();
            if (random.nextInt(6) == 0) {
                log.abort(transaction.getFirst(), clock, below);
            } else {
                log.commit(transaction.getFirst(), clock, below);
            }
            open.remove(transaction);
        }

        private void endAllBut(int left) {
            while (open.size() > left) {
                end(open.getFirst());
            }
        }

        private void running() {
            int oldest = open.stream().mapToInt(List::getFirst).min().orElse(nextXid);
            log.running(nextXid, oldest);
        }

        Instant instant(Random any) {
            return PostgresTime.instant(BEGIN + any.nextLong(clock - BEGIN));
        }
    }

    private static FinderArchive archive(WalBuilder log, Path cache) throws Exception {
        var table = new NamedRelation(16_400, "t", 2200, 0, 16_400, 'r', false, 10);
        var names =
                new CatalogNames(
                        Long.toUnsignedString(WalBuilder.SYSTEM),
                        15,
                        new Lsn(0),
                        List.of(
                                new CatalogNames.DatabaseNames(
                                        5,
                                        "shop",
                                        Map.of(),
                                        Map.of(2200L, "public"),
                                        List.of(new CatalogNames.PlacedRelation(0, 1, table)))));
        var archive =
                new FinderArchive(
                        names,
                        WalBuilder.SEGMENT_BYTES,
                        log.segment(0).start().plus(40),
                        PostgresTime.instant(BEGIN),
                        cache);
        for (int i = 0; i < log.segmentCount(); i++) {
            archive.put(log.segment(i), log.content(i));
        }
        archive.makeIndex();
        return archive;
    }
}
