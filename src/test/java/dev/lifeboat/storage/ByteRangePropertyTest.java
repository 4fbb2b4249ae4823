package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import java.util.ArrayList;
import java.util.List;

class ByteRangePropertyTest {
    @Property
    void holdsTheBytesHttpWouldGive(
            @ForAll @LongRange(min = 0, max = 20) long size,
            @ForAll @LongRange(min = 0, max = 25) long offset,
            @ForAll @LongRange(min = 1, max = 25) long length) {
        check(ByteRange.of(offset, length), size);
        check(ByteRange.from(offset), size);
        check(ByteRange.last(length), size);
        check(ByteRange.whole(), size);
    }

    /** Reads the header as RFC 9110 says and compares. */
    private static void check(ByteRange range, long size) {
        String[] ends = range.header().substring("bytes=".length()).split("-", -1);
        List<Long> expected = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            boolean within =
                    ends[0].isEmpty()
                            ? i >= size - Long.parseLong(ends[1])
                            : i >= Long.parseLong(ends[0])
                                    && (ends[1].isEmpty() || i <= Long.parseLong(ends[1]));
            if (within) {
                expected.add(i);
            }
        }

        assertThat(range.lengthIn(size)).isEqualTo(expected.size());
        if (!expected.isEmpty()) {
            assertThat(range.firstByte(size)).isEqualTo(expected.getFirst());
        }
        assertThat(range.isWithin(size)).isEqualTo(!expected.isEmpty() || range.isWhole());
    }

    @Example
    void doesNotOverflow() {
        ByteRange far = ByteRange.of(Long.MAX_VALUE - 5, 100);

        assertThat(far.header()).isEqualTo("bytes=" + (Long.MAX_VALUE - 5) + "-");
        assertThat(far.lengthIn(Long.MAX_VALUE)).isEqualTo(5);
        assertThat(far.lengthIn(10)).isZero();
        assertThat(ByteRange.last(Long.MAX_VALUE).firstByte(10)).isZero();
    }

    @Example
    void refusesRangesThatAreNone() {
        assertThatThrownBy(() -> ByteRange.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteRange.of(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteRange.from(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteRange.last(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
