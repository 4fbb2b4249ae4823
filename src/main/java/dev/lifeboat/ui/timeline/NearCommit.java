package dev.lifeboat.ui.timeline;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Target;

import java.time.Instant;
import java.util.Optional;

/**
 * A transaction that committed near the marker, as its WAL record says.
 *
 * @param xid unsigned
 * @param start where its commit record begins: stopping here, exclusive, leaves it out
 */
public record NearCommit(Instant time, int xid, Lsn start) {
    public String xidText() {
        return Integer.toUnsignedString(xid);
    }

    /** The target that ends just before it: its position, since a time may be shared. */
    public Target before() {
        return target(false, Messages.text("timeline.at.before", xidText()), Micros.of(time) - 1);
    }

    /** The target that ends just after it. */
    public Target after() {
        return target(true, Messages.text("timeline.at.with", xidText()), Micros.of(time));
    }

    private Target target(boolean inclusive, String label, long at) {
        return new Target(
                at,
                new RecoveryTarget(TargetKind.LSN, start.toString(), inclusive, Optional.empty()),
                label);
    }
}
