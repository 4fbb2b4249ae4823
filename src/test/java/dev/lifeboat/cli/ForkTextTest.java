package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;

import org.junit.jupiter.api.Test;

import java.util.List;

class ForkTextTest {
    @Test
    void everyTimelineStandsUnderTheOneItLeft() throws Exception {
        var tree =
                TimelineTree.of(
                        List.of(
                                history(2, "1\t0/5000000\tbefore the drop\n"),
                                history(3, "1\t0/5000000\tx\n2\t0/6000000\t\n"),
                                history(4, "1\t0/7000000\tagain\n")),
                        List.of());

        assertThat(ForkText.of(tree))
                .isEqualTo(
                        """
                        timeline 1
                        ├─ timeline 2 from 0/5000000: before the drop
                        │  └─ timeline 3 from 0/6000000
                        └─ timeline 4 from 0/7000000: again  <- the newest; others are followed with --timeline""");
    }

    private static TimelineHistory history(long timeline, String content) throws Exception {
        return TimelineHistory.parse(new TimelineId(timeline), content);
    }
}
