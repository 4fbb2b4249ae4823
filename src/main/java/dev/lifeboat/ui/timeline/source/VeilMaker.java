package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.windows.Blank;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.Veil;
import dev.lifeboat.ui.timeline.model.Veil.Reason;
import dev.lifeboat.ui.timeline.model.Veils;

import java.util.ArrayList;
import java.util.List;

/** Covers every time that the engine says cannot be reached, with the reason it gives. */
final class VeilMaker {
    private VeilMaker() {}

    /**
     * @param blanks in order; with the windows they fill all of time
     */
    static Veils of(List<Blank> blanks) {
        List<Veil> veils = new ArrayList<>();
        long end = Long.MIN_VALUE;
        for (Blank blank : blanks) {
            long from = begin(blank, end);
            long to = blank.until().map(Micros::of).orElse(Veil.FOREVER);
            if (from < to) {
                veils.add(new Veil(new Span(from, to), reason(blank), words(blank.because())));
                end = to;
            }
        }
        return Veils.of(veils);
    }

    /** Where a blank begins behind a window, the window's last moment can still be reached. */
    private static long begin(Blank blank, long endOfLast) {
        if (blank.after().isEmpty()) {
            return Veil.NEVER;
        }
        long after = Micros.of(blank.after().get());
        return after <= endOfLast ? endOfLast : after + 1;
    }

    private static Reason reason(Blank blank) {
        return switch (blank.why()) {
            case NO_BASE, BEFORE_FIRST_BASE, INSIDE_BASE -> Reason.BEFORE_FIRST_BASE;
            case REGION_UNKNOWN -> Reason.NOT_KNOWN;
            case AFTER_LAST_COMMIT -> Reason.AFTER_LAST_COMMIT;
            case IN_GAP, BEHIND_GAP, ON_LEFT_BRANCH, WAL_LEVEL_MINIMAL, WAL_DAMAGED -> Reason.GAP;
        };
    }

    /** The sentence as the end of another one. */
    private static String words(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
