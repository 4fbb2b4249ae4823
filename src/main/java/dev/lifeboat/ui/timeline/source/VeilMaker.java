package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.RecoveryTimeline.TimedWindow;
import dev.lifeboat.ui.timeline.model.GapMark;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.Veil;
import dev.lifeboat.ui.timeline.model.Veil.Reason;
import dev.lifeboat.ui.timeline.model.Veils;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Covers every time that lies in no window of the live path, and says why. */
final class VeilMaker {
    private final RecoveryTimeline recovery;
    private final List<GapMark> gaps;

    VeilMaker(RecoveryTimeline recovery, List<GapMark> gaps) {
        this.recovery = recovery;
        this.gaps = gaps;
    }

    Veils make() {
        List<Span> windows = windows();
        if (windows.isEmpty()) {
            return Veils.of(
                    List.of(
                            new Veil(
                                    new Span(Veil.NEVER, Veil.FOREVER),
                                    Reason.BEFORE_FIRST_BASE,
                                    "there is no usable base backup")));
        }
        List<Veil> veils = new ArrayList<>();
        long from = Veil.NEVER;
        for (Span window : windows) {
            if (window.from() > from) {
                veils.add(before(from, window.from()));
            }
            from = Math.max(from, window.to());
        }
        veils.add(
                new Veil(
                        new Span(from, Veil.FOREVER),
                        Reason.AFTER_LAST_COMMIT,
                        "after the last commit in the archive"));
        return Veils.of(veils);
    }

    /** In order; each reaches to the first microsecond that can no longer be a target. */
    private List<Span> windows() {
        return recovery.live().stream()
                .filter(window -> window.to().isPresent())
                .map(VeilMaker::span)
                .sorted(Comparator.comparingLong(Span::from))
                .toList();
    }

    private static Span span(TimedWindow window) {
        long from = Micros.of(window.from());
        return new Span(from, Math.max(from, Micros.of(window.to().orElseThrow())) + 1);
    }

    private Veil before(long from, long to) {
        if (from == Veil.NEVER) {
            return new Veil(
                    new Span(from, to), Reason.BEFORE_FIRST_BASE, "no base backup ends before it");
        }
        Optional<GapMark> gap =
                gaps.stream()
                        .filter(one -> one.fate() != GapMark.Fate.FILLED)
                        .filter(one -> one.span().to() >= from - 1 && one.span().from() <= to)
                        .findFirst();
        String next = "; the next base ends at " + TimeAxis.utc(to / Micros.SECOND * Micros.SECOND);
        if (gap.isEmpty()) {
            return new Veil(new Span(from, to), Reason.GAP, "the WAL ends before it" + next);
        }
        boolean open = gap.get().fate() == GapMark.Fate.OPEN;
        return new Veil(
                new Span(from, to),
                open ? Reason.GAP : Reason.NOT_KNOWN,
                "gap " + gap.get().files() + where(gap.get(), open) + next);
    }

    private static String where(GapMark gap, boolean open) {
        if (gap.missingIn().size() > 1) {
            return " missing in both regions";
        }
        String here = gap.missingIn().contains(Lane.WAL_DR) ? "DR" : "primary";
        String there = here.equals("DR") ? "primary" : "DR";
        return " missing in " + here + (open ? "" : ", " + there + " could not be asked");
    }
}
