package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class WalSegmentPropertyTest {
    @Property
    void nameAndRangeAgreeForEverySegmentSize(
            @ForAll @IntRange(min = 20, max = 30) int sizeBits,
            @ForAll long position,
            @ForAll @LongRange(min = 1, max = 0xFFFFFFFFL) long timeline) {
        int sizeBytes = 1 << sizeBits;
        Lsn lsn = new Lsn(position);

        WalSegment segment = WalSegment.containing(lsn, new TimelineId(timeline), sizeBytes);

        assertThat(segment.contains(lsn)).isTrue();
        assertThat(lsn.minus(segment.start())).isBetween(0L, sizeBytes - 1L);
        assertThat(segment.end().minus(segment.start())).isEqualTo(sizeBytes);
        assertThat(WalSegment.parse(segment.name(), sizeBytes)).contains(segment);
    }

    @Property
    void theNextSegmentStartsWhereThisOneEnds(
            @ForAll @IntRange(min = 20, max = 30) int sizeBits,
            @ForAll @LongRange(min = 0, max = 1L << 33) long number) {
        var segment = new WalSegment(TimelineId.FIRST, number, 1 << sizeBits);

        assertThat(segment.next().start()).isEqualTo(segment.end());
        assertThat(segment.next().previous()).contains(segment);
        assertThat(segment.contains(segment.end())).isFalse();
        assertThat(WalSegment.endingAt(segment.end(), TimelineId.FIRST, 1 << sizeBits))
                .isEqualTo(segment);
    }

    @Property
    void anyTextIsClassifiedAndKeepsItsName(@ForAll String text) {
        assertThat(WalFileName.parse(text).name()).isEqualTo(text);
    }
}
