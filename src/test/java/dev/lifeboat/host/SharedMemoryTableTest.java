package dev.lifeboat.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class SharedMemoryTableTest {
    private static final List<String> TABLE =
            List.of(
                    "       key      shmid perms                  size  cpid  lpid nattch   uid",
                    "  21367297          4   600                    56   812   812      7   101",
                    "         0          9   600                    56   813   813      0   101");

    @Test
    void countsTheProcessesAttachedToASegment() {
        assertThat(SharedMemoryTable.attached(TABLE, 4)).isEqualTo(7);
        assertThat(SharedMemoryTable.attached(TABLE, 9)).isZero();
    }

    @Test
    void aSegmentThatIsGoneHasNobodyAttached() {
        assertThat(SharedMemoryTable.attached(TABLE, 5)).isZero();
        assertThat(SharedMemoryTable.attached(List.of(), 5)).isZero();
    }
}
