package dev.lifeboat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class PaddingTest {
    @Test
    void everyLengthIsPaddedAndFoundAgain() {
        for (int length = 0; length <= 32; length++) {
            byte[] blocks = new byte[48];

            int padded = Padding.pad(blocks, length);

            assertThat(padded).isEqualTo((length / 16 + 1) * 16);
            assertThat(Padding.plainLength(blocks, padded)).isEqualTo(length);
        }
    }

    @Test
    void everyByteOfThePaddingCounts() {
        for (int at = 11; at < 16; at++) {
            byte[] block = new byte[16];
            Arrays.fill(block, 11, 16, (byte) 5);
            block[at] ^= 1;

            assertThat(Padding.plainLength(block, 16)).isEqualTo(-1);
        }
    }

    @Test
    void aCountThatNoBlockHoldsIsNoPadding() {
        byte[] block = new byte[16];

        assertThat(Padding.plainLength(block, 16)).isEqualTo(-1);
        Arrays.fill(block, (byte) 17);
        assertThat(Padding.plainLength(block, 16)).isEqualTo(-1);
    }
}
