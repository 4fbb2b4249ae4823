package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.ui.timeline.model.Coverage.State;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns coverage into what is drawn: stretches of whole pixels, of one state each. */
public final class Columns {
    /** The worst first: where several states share a pixel, nobody may overlook the worst. */
    private static final State[] WORST_FIRST = {
        State.MISSING,
        State.UNKNOWN,
        State.UNLISTED,
        State.NOT_REPLICATED,
        State.FROM_OTHER,
        State.HELD
    };

    private Columns() {}

    /**
     * A stretch of pixels.
     *
     * @param from its first pixel
     * @param to the first pixel behind it
     */
    public record Column(int from, int to, State state) {}

    /** From the left to the right; nothing where the coverage says nothing. */
    public static List<Column> of(Coverage coverage, Viewport view) {
        List<Column> columns = new ArrayList<>();
        int width = (int) Math.ceil(view.width());
        int begin = 0;
        int open = 0;
        for (int x = 0; x <= width; x++) {
            int states = x == width ? 0 : coverage.states(view.time(x), next(view, x));
            if (states != open) {
                add(columns, begin, x, open);
                begin = x;
                open = states;
            }
        }
        return columns;
    }

    private static long next(Viewport view, int x) {
        return Math.max(view.time(x) + 1, view.time(x + 1));
    }

    private static void add(List<Column> columns, int from, int to, int states) {
        Optional<State> worst = worst(states);
        if (worst.isEmpty()) {
            return;
        }
        Column last = columns.isEmpty() ? null : columns.getLast();
        if (last != null && last.to == from && last.state == worst.get()) {
            columns.set(columns.size() - 1, new Column(last.from, to, last.state));
        } else {
            columns.add(new Column(from, to, worst.get()));
        }
    }

    /** Of several states the one to show. */
    public static Optional<State> worst(int states) {
        for (State state : WORST_FIRST) {
            if (state.isIn(states)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
