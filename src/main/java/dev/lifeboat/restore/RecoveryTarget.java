package dev.lifeboat.restore;

import java.util.Optional;

/**
 * Where the operator wants to arrive.
 *
 * @param value the time in ISO 8601 UTC, the LSN, the transaction id or the name; empty for latest
 *     and immediate
 * @param inclusive whether the transaction or record at the target is still applied
 * @param timeline the timeline to follow; empty means the newest that the base can be followed to
 */
public record RecoveryTarget(
        TargetKind kind, String value, boolean inclusive, Optional<Long> timeline) {
    /** The end of the archive. */
    public static RecoveryTarget latest() {
        return new RecoveryTarget(TargetKind.LATEST, "", true, Optional.empty());
    }

    /** For people: {@code time 2026-04-07T14:30:00Z, exclusive}. */
    @Override
    public String toString() {
        return kind.word()
                + (value.isEmpty() ? "" : " " + value)
                + (inclusive ? "" : ", exclusive")
                + timeline.map(id -> ", timeline " + id).orElse("");
    }
}
