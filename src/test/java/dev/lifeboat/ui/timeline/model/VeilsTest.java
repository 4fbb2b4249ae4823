package dev.lifeboat.ui.timeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class VeilsTest {
    private static Veil veil(long from, long to, String text) {
        return new Veil(new Span(from, to), Veil.Reason.GAP, text);
    }

    @Property
    void aMarkerNeverRestsBelowAVeilAndGoesToTheNearestSide(
            @ForAll @Size(min = 2, max = 12) List<@LongRange(min = 0, max = 500) Long> edges,
            @ForAll @LongRange(min = -10, max = 510) long wanted) {
        List<Veil> some = new ArrayList<>();
        for (int i = 0; i + 1 < edges.size(); i += 2) {
            long a = Math.min(edges.get(i), edges.get(i + 1));
            long b = Math.max(edges.get(i), edges.get(i + 1));
            some.add(veil(a, b, "gap"));
        }
        Veils veils = Veils.of(some);

        Veils.Rest rest = veils.rest(wanted).orElseThrow();

        assertThat(some).noneMatch(veil -> veil.span().contains(rest.at()));
        for (long nearer = 0; nearer < Math.abs(rest.at() - wanted); nearer++) {
            assertThat(veils.at(wanted - nearer)).isPresent();
            assertThat(veils.at(wanted + nearer)).isPresent();
        }
        assertThat(rest.moved().isPresent()).isEqualTo(rest.at() != wanted);
    }

    @Test
    void saysHowFarItMovedAndWhy() {
        Veils veils =
                Veils.of(
                        List.of(
                                veil(
                                        100 * Micros.SECOND,
                                        600 * Micros.SECOND,
                                        "gap 7A–87 missing in both regions")));

        Veils.Rest rest = veils.rest(291 * Micros.SECOND - 1).orElseThrow();

        assertThat(rest.moved())
                .contains("moved 3 m 11 s earlier: gap 7A–87 missing in both regions");
    }

    @Test
    void nothingIsOfferedWhereEverythingIsVeiled() {
        Veils veils = Veils.of(List.of(veil(Veil.NEVER, Veil.FOREVER, "there is no base")));

        assertThat(veils.rest(5)).isEmpty();
    }

    @Test
    void beforeTheFirstBaseThereIsOnlyLater() {
        Veils veils = Veils.of(List.of(veil(Veil.NEVER, 100, "no base ends before")));

        assertThat(veils.rest(7)).map(Veils.Rest::at).contains(100L);
    }

    @Test
    void aPausedServerIsNeverAskedToGoBack() {
        Veils veils =
                Veils.of(List.of(veil(50, 60, "gap"), veil(90, Veil.FOREVER, "end")))
                        .from(55, "already replayed");

        assertThat(veils.rest(10)).map(Veils.Rest::at).contains(60L);
        assertThat(veils.at(57)).map(Veil::text).contains("gap");
        assertThat(veils.rest(200)).map(Veils.Rest::at).contains(89L);
    }

    @Test
    void theFirstOfTwoVeilsKeepsItsPart() {
        Veils veils = Veils.of(List.of(veil(20, 40, "late"), veil(10, 30, "early")));

        assertThat(veils.at(25)).map(Veil::text).isEqualTo(Optional.of("early"));
        assertThat(veils.at(35)).map(Veil::text).contains("late");
    }
}
