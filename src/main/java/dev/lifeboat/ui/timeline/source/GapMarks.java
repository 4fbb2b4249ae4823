package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.windows.Gap;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.GapMark;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The gaps along the live path. What one region only has not copied yet is no gap but a lag. */
final class GapMarks {
    private final RecoveryTimeline recovery;
    private final LivePath path;
    private final SegmentTimes times;

    GapMarks(RecoveryTimeline recovery, LivePath path, SegmentTimes times) {
        this.recovery = recovery;
        this.path = path;
        this.times = times;
    }

    List<GapMark> make() {
        List<WalRun> owned = path.owned();
        return recovery.gaps().stream()
                .filter(gap -> owned.stream().anyMatch(own -> isPartOf(gap, own)))
                .filter(gap -> gap.fillableFrom().isEmpty() || gap.last().number() < path.last())
                .map(this::mark)
                .toList();
    }

    private static boolean isPartOf(Gap gap, WalRun own) {
        return gap.first().timeline().equals(own.first().timeline())
                && gap.first().number() <= own.last().number()
                && gap.last().number() >= own.first().number();
    }

    private GapMark mark(Gap gap) {
        long from = times.start(gap.first().number());
        long to = Math.max(from, times.end(gap.last().number()));
        return new GapMark(
                new Span(from, to),
                gap.segments(),
                files(gap.first(), gap.last()),
                gap.missingIn().stream().map(WalLanes::lane).collect(Collectors.toSet()),
                fate(gap));
    }

    private GapMark.Fate fate(Gap gap) {
        if (gap.fillableFrom().isPresent()) {
            return GapMark.Fate.FILLED;
        }
        return recovery.unreachable().isEmpty() ? GapMark.Fate.OPEN : GapMark.Fate.UNKNOWN;
    }

    /** {@code TL 3 12/7A–12/87}: the timeline and both halves of the names, without zeros. */
    static String files(WalSegment first, WalSegment last) {
        String from = half(first);
        String to = half(last);
        return Messages.text(
                "timeline.gap.files", first.timeline(), from.equals(to) ? from : from + "–" + to);
    }

    private static String half(WalSegment segment) {
        var name = segment.fileName();
        return String.format(Locale.ROOT, "%X/%02X", name.high(), name.low());
    }
}
