package dev.lifeboat.cli;

import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;

import java.util.List;

/** Draws the timelines and where each left its parent. */
final class ForkText {
    private final TimelineTree tree;
    private final TimelineId newest;
    private final StringBuilder text = new StringBuilder();

    private ForkText(TimelineTree tree) {
        this.tree = tree;
        this.newest = tree.timelines().last();
    }

    /** One timeline a line, under its parent. */
    static String of(TimelineTree tree) {
        var drawn = new ForkText(tree);
        for (TimelineId timeline : tree.timelines()) {
            TimelineHistory history = tree.history(timeline).orElseThrow();
            if (history.parent().isEmpty()) {
                drawn.draw(history, "", "");
            }
        }
        return drawn.text.toString();
    }

    private void draw(TimelineHistory history, String before, String below) {
        text.append(text.isEmpty() ? "" : "\n")
                .append(before)
                .append("timeline ")
                .append(history.timeline());
        history.parent()
                .ifPresent(
                        left ->
                                text.append(" from ")
                                        .append(left.at())
                                        .append(left.reason().isEmpty() ? "" : ": ")
                                        .append(left.reason()));
        if (history.timeline().equals(newest)) {
            text.append("  <- the newest; others are followed with --timeline");
        }
        List<TimelineHistory> forks = tree.forksOf(history.timeline());
        for (int i = 0; i < forks.size(); i++) {
            boolean last = i == forks.size() - 1;
            draw(forks.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
        }
    }
}
