package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class KeysPropertyTest {
    @Property
    void ordersByBytes(
            @ForAll @StringLength(max = 4) String a, @ForAll @StringLength(max = 4) String b) {
        String left = valid(a);
        String right = valid(b);

        int byBytes =
                Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8),
                        right.getBytes(StandardCharsets.UTF_8));

        assertThat(Integer.signum(Keys.ORDER.compare(left, right)))
                .isEqualTo(Integer.signum(byBytes));
    }

    @Example
    void ordersBeyondTheFirstPlane() {
        assertThat(Keys.ORDER.compare("\uFFFD", "\uD83D\uDE00")).isNegative();
        assertThat("\uFFFD".compareTo("\uD83D\uDE00")).isPositive();
    }

    private static String valid(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
