package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.journal.Event;
import dev.lifeboat.restore.Plans;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class FindingsTest {
    private static final TimeText TIMES =
            new TimeText(Clock.fixed(Sights.NOW, ZoneOffset.UTC), ZoneOffset.UTC);
    private final RestoreView view = Sights.view(RestoreState.PAUSED, Sights.upToFindings());

    @Test
    void standBesideWhatWasWrittenDownBefore() {
        var rows = Findings.of(view, Optional.of(Sights.before()));

        assertThat(rows)
                .extracting(Findings.Row::id, Findings.Row::role, Findings.Row::before)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "rows:public.scenario_logs", Role.OK, "81377"),
                        org.assertj.core.groups.Tuple.tuple(
                                "rows:public.users", Role.WARN, "≈ 4112"),
                        org.assertj.core.groups.Tuple.tuple("tables", Role.OK, "5"),
                        org.assertj.core.groups.Tuple.tuple("query:no orphans", Role.DANGER, ""));
    }

    @Test
    void compareWithNothingWhereNothingWasWrittenDown() {
        assertThat(Findings.of(view, Optional.empty()))
                .hasSize(6)
                .allMatch(row -> row.before().isEmpty());
    }

    @Test
    void sayWhenTheyWereFound() {
        assertThat(Findings.when(view, TIMES)).isEqualTo("Found " + at(70) + ".");
    }

    @Test
    void ofThePausedCopyAreNotShownAsThoseOfThePromotedOne() {
        var promoted = Sights.view(RestoreState.PROMOTED, Sights.upToPromotionAfterFindings());

        assertThat(Findings.when(promoted, TIMES))
                .startsWith("Found " + at(70) + ", while the copy was paused.")
                .contains("promoted " + at(90));
    }

    @Test
    void madeAfterThePromotionAreOfThePromotedCopy() {
        List<Event> events = new ArrayList<>(Sights.upToPause());
        events.add(new Event(Sights.NOW.minusSeconds(56), "promoted", Map.of()));
        events.add(Sights.upToFindings().getLast());

        assertThat(Findings.when(Sights.view(RestoreState.PROMOTED, events), TIMES))
                .isEqualTo("Found " + at(70) + ".");
    }

    private static String at(int second) {
        return TIMES.both(Sights.NOW.minusSeconds(120 - second));
    }

    @Test
    void areNoneBeforeTheChecksRan() {
        var unchecked = Sights.view(RestoreState.PAUSED, Sights.upToPause());

        assertThat(Findings.of(unchecked, Optional.of(Sights.before()))).isEmpty();
    }

    @Test
    void offerTheNewestRowsOfATableByItsOwnColumn() {
        assertThat(Findings.newest(view))
                .containsOnly(
                        org.assertj.core.api.Assertions.entry(
                                "public.scenario_logs",
                                "select * from public.scenario_logs"
                                        + " order by created_at desc nulls last limit 20"));
    }

    @Test
    void replayStandsBetweenTheBaseAndTheTarget() {
        ReplayLine line =
                ReplayLine.of(Plans.physical(), Optional.of(Sights.replaying())).orElseThrow();

        assertThat(line.from()).isEqualTo(Plans.START.plusSeconds(60));
        assertThat(line.to()).isEqualTo(Plans.START.plusSeconds(1800));
        assertThat(line.fraction()).isBetween(0.69, 0.71);
    }

    @Test
    void replayIsNowhereBeforeItTells() {
        Optional<RestoreSample> fetching = Optional.of(Sights.fetching());

        assertThat(ReplayLine.of(Plans.physical(), fetching)).isEmpty();
        assertThat(ReplayLine.of(Plans.logical(), Optional.of(Sights.replaying()))).isEmpty();
    }
}
