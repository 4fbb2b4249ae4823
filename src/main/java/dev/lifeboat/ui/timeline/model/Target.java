package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;

import java.util.Optional;

/**
 * Where the marker stands, and what a restore to it is told.
 *
 * @param at the time it stands at
 * @param recovery what is handed to the restore
 * @param label what it was snapped to, for people; empty for a bare time
 */
public record Target(long at, RecoveryTarget recovery, String label) {
    /** Everything committed at or before a time. */
    public static Target time(long at, String label) {
        return new Target(
                at,
                new RecoveryTarget(
                        TargetKind.TIME, Micros.instant(at).toString(), true, Optional.empty()),
                label);
    }

    /** The end of the archive; the marker stands at the last commit. */
    public static Target latest(long at) {
        return new Target(at, RecoveryTarget.latest(), Messages.text("timeline.at.latest"));
    }

    /** Whether it is the end of the archive, wherever that is by now. */
    public boolean isTheEnd() {
        return recovery.kind() == TargetKind.LATEST;
    }

    /** What a mark stands for. */
    public static Target of(Mark mark, String label) {
        return mark.target()
                .map(target -> new Target(mark.snapAt(), target, label))
                .orElseGet(() -> time(mark.snapAt(), label));
    }
}
