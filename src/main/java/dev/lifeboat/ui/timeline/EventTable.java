package dev.lifeboat.ui.timeline;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Branch;
import dev.lifeboat.ui.timeline.model.GapMark;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Snapper;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.ui.timeline.model.TimelineData;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.ui.timeline.model.Veil;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The picture as a table, newest first: everything in it that can be seen, for people who do not
 * see or point. FX thread only.
 */
public final class EventTable {
    private final TimelineState state;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();

    /**
     * One thing in the picture.
     *
     * @param kind a word for what it is
     * @param what it, in words
     * @param obstacle why its moment cannot be recovered to; empty when it can
     */
    public record Row(
            long at, String kind, String what, Optional<String> obstacle, Target target) {}

    EventTable(TimelineState state) {
        this.state = state;
    }

    public ObservableList<Row> rows() {
        return rows;
    }

    /** Puts the marker where a row stands, or as near as can be recovered. */
    public void aim(Row row) {
        state.aim(row.target());
        state.reveal();
    }

    void rebuild() {
        TimelineData data = state.data();
        List<Row> all = new ArrayList<>();
        data.marks().forEach(mark -> all.add(row(mark)));
        data.gaps().forEach(gap -> all.add(row(gap)));
        data.branches().stream()
                .filter(branch -> branch.parent().isPresent())
                .forEach(branch -> all.add(row(branch)));
        data.latest()
                .ifPresent(
                        at ->
                                all.add(
                                        row(
                                                at,
                                                "timeline.event.latest",
                                                Messages.text("timeline.event.latest.what"),
                                                Target.latest(at))));
        all.sort(Comparator.comparingLong(Row::at).reversed());
        rows.setAll(all);
    }

    private Row row(Mark mark) {
        String key =
                switch (mark.kind()) {
                    case BASE_VERIFIED, BASE_UNVERIFIED, BASE_FAILED -> "timeline.event.base";
                    case FULL_VERIFIED, FULL_UNVERIFIED, FULL_FAILED -> "timeline.event.full";
                    case RESTORE_POINT -> "timeline.event.point";
                    case EXTERNAL -> "timeline.event.external";
                    case DAMAGE -> "timeline.event.damage";
                };
        String what = mark.label() + " – " + mark.detail();
        return row(mark.until(), key, what, Target.of(mark, Snapper.label(mark)));
    }

    private Row row(GapMark gap) {
        String key =
                switch (gap.fate()) {
                    case FILLED -> "timeline.event.gap.filled";
                    case UNKNOWN -> "timeline.event.gap.unknown";
                    case OPEN -> "timeline.event.gap.open";
                };
        String what = Messages.text(key, gap.segments(), gap.files());
        return row(
                gap.span().from(), "timeline.event.gap", what, Target.time(gap.span().from(), ""));
    }

    private Row row(Branch branch) {
        String what =
                Messages.text("timeline.event.fork.what", branch.id(), branch.parent().getAsLong());
        return row(branch.from(), "timeline.event.fork", what, Target.time(branch.from(), ""));
    }

    private Row row(long at, String key, String what, Target target) {
        return new Row(
                at,
                Messages.text(key),
                what,
                state.veils().at(target.at()).map(Veil::text),
                target);
    }
}
