package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.restore.RecoveryTarget;

import java.util.Optional;

/**
 * Something that happened and can be aimed at.
 *
 * @param at when it began
 * @param until when it was over; the same for what takes no time
 * @param label a few words beside the glyph
 * @param detail full sentences for hover, table and screen reader
 * @param snapAt the time at which a marker aimed at it stands
 * @param target what a restore aimed at it is told; empty when the time alone says it
 */
public record Mark(
        Kind kind,
        long at,
        long until,
        String label,
        String detail,
        long snapAt,
        Optional<RecoveryTarget> target) {
    /** What it is; also the order in which labels make way, the first kept longest. */
    public enum Kind {
        DAMAGE(Lane.DAMAGES),
        RESTORE_POINT(Lane.POINTS),
        EXTERNAL(Lane.POINTS),
        BASE_VERIFIED(Lane.BASES),
        BASE_UNVERIFIED(Lane.BASES),
        BASE_FAILED(Lane.BASES),
        FULL_VERIFIED(Lane.FULLS),
        FULL_UNVERIFIED(Lane.FULLS),
        FULL_FAILED(Lane.FULLS);

        private final Lane lane;

        Kind(Lane lane) {
            this.lane = lane;
        }

        public Lane lane() {
            return lane;
        }

        public boolean isFailed() {
            return this == BASE_FAILED || this == FULL_FAILED;
        }

        public boolean isVerified() {
            return this == BASE_VERIFIED || this == FULL_VERIFIED;
        }
    }

    public Lane lane() {
        return kind.lane();
    }
}
