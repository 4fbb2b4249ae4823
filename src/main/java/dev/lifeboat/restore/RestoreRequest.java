package dev.lifeboat.restore;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody asked for: a physical restore.
 *
 * @param backup {@code latest}, or the id of a base
 * @param region {@code auto}, {@code primary} or {@code dr}: what was told to the archive and
 *     catalog it is planned from
 * @param into the data directory to make; empty for one below Lifeboat's home
 * @param jobs how many frames and segments at once; empty for as many as the machine has processors
 */
public record RestoreRequest(
        String backup,
        RecoveryTarget target,
        TargetAction action,
        String region,
        Optional<Path> into,
        OptionalInt port,
        OptionalInt jobs) {
    /** What stands for the newest base that leads to the target. */
    public static final String LATEST = "latest";
}
