package dev.lifeboat.monitor;

import java.time.Duration;
import java.time.LocalTime;

/**
 * What was agreed on.
 *
 * @param loss the most that may be lost (RPO)
 * @param fullEvery the longest time between two fulls, with an hour to spare
 * @param baseEvery the same for bases
 * @param configEvery the same for configuration backups
 * @param windowFrom when the daily full may begin, UTC
 * @param windowTo when it must be over, UTC
 * @param promised how far back every moment must be recoverable
 * @param verifyEvery how old the last proof of readability may be
 * @param restoreEvery how old the last proof by a restore may be
 * @param drillEvery how old the last drill may be, once drills are held
 * @param lagPatience how long DR may take to receive what the primary has
 */
public record Goals(
        Duration loss,
        Duration fullEvery,
        Duration baseEvery,
        Duration configEvery,
        LocalTime windowFrom,
        LocalTime windowTo,
        Duration promised,
        Duration verifyEvery,
        Duration restoreEvery,
        Duration drillEvery,
        Duration lagPatience) {

    /**
     * The runbook's: RPO below 5 minutes, a full daily between 02:00 and 04:00 UTC, verification
     * daily, a test restore weekly, a drill monthly; and a base daily, which it lacks.
     *
     * @param pitrDays BACKUP_PITR_DAYS
     */
    public static Goals ofRunbook(int pitrDays) {
        return new Goals(
                Duration.ofMinutes(5),
                Duration.ofHours(25),
                Duration.ofHours(25),
                Duration.ofDays(7).plusHours(1),
                LocalTime.of(2, 0),
                LocalTime.of(4, 0),
                Duration.ofDays(pitrDays),
                Duration.ofHours(25),
                Duration.ofDays(8),
                Duration.ofDays(32),
                Duration.ofMinutes(15));
    }
}
