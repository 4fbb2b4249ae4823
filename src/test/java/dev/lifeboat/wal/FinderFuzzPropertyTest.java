package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.NameBook;
import dev.lifeboat.wal.find.NamedRelation;
import dev.lifeboat.wal.find.TransactionFollower;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Whatever the log says of the catalogs, the finder ends, and throws nothing of its own. */
class FinderFuzzPropertyTest {
    private static final int[] RELATIONS = {1259, 2615, 1262, 1247, 16384, 16400};

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void bearsRowsOfCatalogsThatMakeNoSense(@ForAll long seed) {
        var random = new Random(seed);
        List<WalVersion> versions = List.of(WalVersion.values());
        WalVersion version = versions.get(random.nextInt(versions.size()));
        var log = new WalBuilder(version, 3);
        for (int i = 0; i < 300; i++) {
            switch (random.nextInt(9)) {
                case 0 -> commit(log, random);
                case 1 -> log.abort(random.nextInt(8), 0);
                case 2 -> log.record(4, 0x20, random.nextInt(8), bytes(random, 16));
                case 3 -> log.record(7, 0, random.nextInt(8), bytes(random, 40));
                case 4 -> log.record(10, 0x30, random.nextInt(8), bytes(random, 24));
                default -> row(log, random);
            }
        }
        for (int segment = 0; segment < log.segmentCount(); segment++) {
            read(version, log, segment);
        }
    }

    private static void row(WalBuilder log, Random random) {
        boolean image = random.nextInt(4) == 0;
        int imageBytes = image ? random.nextInt(3) == 0 ? 8192 : random.nextInt(9000) : 0;
        int dataBytes = random.nextBoolean() ? random.nextInt(200) : 0;
        byte[] main = bytes(random, random.nextInt(20));
        var body = new Fields().zeroes(24).i8(0);
        body.i8((image ? 0x10 : 0) | (dataBytes > 0 ? 0x20 : 0)).i16(dataBytes);
        if (image) {
            body.i16(imageBytes).i16(random.nextInt(9000)).i8(random.nextBoolean() ? 3 : 2);
        }
        int number = RELATIONS[random.nextInt(RELATIONS.length)];
        body.relation(new RelationFile(1663, number == 1262 ? 0 : 5, number));
        body.i32(random.nextInt(3));
        if (main.length > 0) {
            body.i8(255).i8(main.length);
        }
        body.bytes(bytes(random, imageBytes)).bytes(bytes(random, dataBytes)).bytes(main);
        log.raw(10, random.nextInt(8) << 4, random.nextInt(8), body.done());
    }

    private static void commit(WalBuilder log, Random random) {
        var main = new Fields().i64(random.nextLong()).i32(1 | 4).i32(5).i32(1663).i32(1);
        main.relation(new RelationFile(1663, 5, 16384 + random.nextInt(20)));
        log.record(1, 0x80, random.nextInt(8), main.done());
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        // Small numbers are those that point at something.
        for (int i = 0; i < length; i += 1 + random.nextInt(3)) {
            bytes[i] = (byte) random.nextInt(30);
        }
        return bytes;
    }

    private static void read(WalVersion version, WalBuilder log, int index) {
        List<FoundTransaction> told = new ArrayList<>();
        var follower =
                new TransactionFollower(
                        Optional.of(names()),
                        new NameBook(version.major()),
                        1,
                        new TransactionFollower.Listener() {
                            @Override
                            public void committed(TransactionFollower.Committed transaction) {
                                told.add(transaction.described());
                            }

                            @Override
                            public void harm(FoundTransaction transaction) {
                                told.add(transaction);
                            }
                        });
        try {
            new WalReader(follower).read(log.segment(index), log.content(index));
        } catch (RecoveryException refused) {
            assertThat(refused.problem().what()).isNotBlank();
        }
        follower.finish();
        assertThat(told.toString()).doesNotContain("null");
    }

    private static CatalogNames names() {
        var relation = new NamedRelation(16384, "t", 2200, 0, 16384, 'r', false, 7);
        return new CatalogNames(
                "1",
                15,
                new Lsn(3L * WalBuilder.SEGMENT_BYTES + 10_000),
                List.of(
                        new CatalogNames.DatabaseNames(
                                5,
                                "db",
                                Map.of(16400L, 1259L),
                                Map.of(2200L, "public"),
                                List.of(new CatalogNames.PlacedRelation(0, 1, relation)))));
    }
}
