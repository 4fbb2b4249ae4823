package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.RecoveryException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

import java.util.Random;

/** Whatever the bytes are, the reader ends, and ends with its own problem. */
class WalFuzzPropertyTest {
    private static final WalSegment SEGMENT = new WalSegment(TimelineId.FIRST, 3, 1 << 20);

    @Provide
    Arbitrary<WalVersion> versions() {
        return Arbitraries.of(WalVersion.class);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void bearsAlteredBytesAnywhere(
            @ForAll("versions") WalVersion version,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int alterations) {
        var random = new Random(seed);
        byte[] content = segment(version, random);
        for (int i = 0; i < alterations; i++) {
            int page = random.nextInt(content.length / WalPage.BYTES) * WalPage.BYTES;
            int at =
                    random.nextBoolean()
                            ? page + random.nextInt(64)
                            : random.nextInt(content.length);
            content[at] = (byte) random.nextInt();
        }
        read(content);
    }

    /** Records with a right checksum over content that makes no sense. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void bearsRecordsThatLie(@ForAll("versions") WalVersion version, @ForAll long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            var log = new WalBuilder(version, 3);
            byte[] record = new byte[24 + random.nextInt(random.nextInt(10) == 0 ? 20_000 : 200)];
            random.nextBytes(record);
            if (random.nextInt(4) > 0 && record.length > 26) {
                record[24] = (byte) 255;
                record[25] = (byte) (record.length - 26);
            }
            log.raw(random.nextInt(22), random.nextInt(16) << 4, random.nextInt(), record);
            read(log.content(0));
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void bearsNoise(@ForAll long seed, @ForAll @IntRange(min = 0, max = 200_000) int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        read(content);
    }

    private static byte[] segment(WalVersion version, Random random) {
        var log = new WalBuilder(version, 3);
        var relation = new RelationFile(1663, 5, 16384);
        while (log.segmentCount() < 2) {
            switch (random.nextInt(6)) {
                case 0 -> log.commit(random.nextInt(), random.nextLong(), 1, 2, 3);
                case 1 -> log.abort(random.nextInt(), random.nextLong());
                case 2 -> log.row(random.nextInt(8) << 4, random.nextInt(), relation);
                case 3 -> log.restorePoint("a point", random.nextLong());
                case 4 -> log.filler(random.nextInt(), random.nextInt(30_000));
                default ->
                        log.record(
                                9,
                                0x50,
                                5,
                                new byte[4],
                                new WalBuilder.Block(0, relation, 1, random.nextInt(8192)));
            }
        }
        return log.content(0);
    }

    private static void read(byte[] content) {
        var counts = new long[3];
        try {
            WalEnd end =
                    new WalReader(
                                    new WalVisitor() {
                                        @Override
                                        public void record(WalRecord record) {
                                            DumpedRecord.of(record);
                                            counts[0]++;
                                        }

                                        @Override
                                        public void transaction(TransactionRecord transaction) {
                                            DumpedRecord.of(transaction);
                                        }

                                        @Override
                                        public void heap(HeapRecord change) {
                                            DumpedRecord.of(change);
                                        }

                                        @Override
                                        public void event(WalEvent event) {
                                            counts[1] += event.toString().length();
                                        }
                                    })
                            .read(SEGMENT, content);
            assertThat(end.end().minus(SEGMENT.start())).isBetween(0L, (long) SEGMENT.sizeBytes());
            assertThat(counts[0]).isLessThanOrEqualTo(content.length / 24);
            assertThat(end.problem().toString()).doesNotContain("null");
        } catch (RecoveryException refused) {
            assertThat(refused.problem().what()).isNotBlank();
        }
    }
}
