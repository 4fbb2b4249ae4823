package dev.lifeboat.ui.timeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ViewportTest {
    private static final Span LIMITS = new Span(0, 30 * Micros.DAY);

    @Property
    void whatLiesUnderTheCursorStaysThereWhileZooming(
            @ForAll @DoubleRange(min = 0, max = 1280) double x,
            @ForAll @DoubleRange(min = 0.1, max = 10) double factor,
            @ForAll @LongRange(min = 10, max = 20) long day) {
        var view = new Viewport(day * Micros.DAY, Micros.HOUR, 1280, LIMITS);
        long under = view.time(x);

        Viewport zoomed = view.zoomed(x, factor);

        assertThat(zoomed.x(under)).isCloseTo(x, within(0.5));
    }

    @Property
    void lengthAndPlaceStayWithinTheirBounds(
            @ForAll @IntRange(min = -200, max = 200) int[] moves,
            @ForAll @DoubleRange(min = 0, max = 1280) double x) {
        Viewport view = Viewport.all(LIMITS, 1280);
        for (int move : moves) {
            view = move % 2 == 0 ? view.panned(move * 100) : view.zoomed(x, Math.exp(move / 20.0));

            assertThat(view.length()).isBetween(Viewport.SHORTEST, Viewport.LONGEST);
            assertThat(view.from() + view.length() / 2).isBetween(LIMITS.from(), LIMITS.to());
        }
    }

    @Property
    void aTimeFoundAtAPixelIsShownAtThatPixel(
            @ForAll @DoubleRange(min = 0, max = 1280) double x,
            @ForAll @LongRange(min = 5_000_000, max = 90L * 86_400_000_000L) long length) {
        var view = new Viewport(Micros.DAY, length, 1280, LIMITS);

        assertThat(view.x(view.time(x))).isCloseTo(x, within(0.001));
    }

    @Property
    void revealingShowsTheTimeWithAMargin(
            @ForAll @LongRange(min = 0, max = 30L * 86_400_000_000L) long time) {
        Viewport view = new Viewport(Micros.DAY, Micros.HOUR, 1280, LIMITS).revealing(time);

        assertThat(view.x(time)).isBetween(1280 / 13.0, 1280 * 12 / 13.0);
    }
}
