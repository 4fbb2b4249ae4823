package dev.lifeboat.monitor;

import dev.lifeboat.catalog.BackupFailure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The failures a monitor has seen so far. While a region does not answer its records are not
 * listed; a counter that went back and came again would look like new failures. Safe for many
 * threads.
 */
public final class SeenFailures {
    private final Set<BackupFailure> seen = new LinkedHashSet<>();

    synchronized List<BackupFailure> with(List<BackupFailure> listed) {
        seen.addAll(listed);
        return List.copyOf(seen);
    }
}
