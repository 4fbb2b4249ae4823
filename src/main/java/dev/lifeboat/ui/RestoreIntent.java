package dev.lifeboat.ui;

import dev.lifeboat.restore.RecoveryTarget;

import java.util.Optional;

/**
 * What somebody chose on one screen and wants restored on another.
 *
 * @param backup the id it starts from; empty for whatever leads to the target
 * @param target where to arrive; empty when that is still to be chosen
 */
public record RestoreIntent(Optional<String> backup, Optional<RecoveryTarget> target) {
    /** To a target, from whatever leads there. */
    public static RestoreIntent to(RecoveryTarget target) {
        return new RestoreIntent(Optional.empty(), Optional.of(target));
    }

    /** From a backup, to a target still to be chosen. */
    public static RestoreIntent from(String backup) {
        return new RestoreIntent(Optional.of(backup), Optional.empty());
    }
}
