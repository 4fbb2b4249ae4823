package dev.lifeboat.rotation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one key opens.
 *
 * @param fingerprint of the key; empty for what names none (other tools' backups, plain WAL)
 * @param known whether the key is set here
 * @param current whether new backups are encrypted under it
 * @param backups ids, newest first
 * @param oldest when the oldest of them was begun
 * @param newest when the newest of them was begun
 * @param wal WAL files, counted in each region
 * @param firstWal the first of them by name
 * @param lastWal the last of them by name
 */
public record KeyUse(
        Optional<String> fingerprint,
        boolean known,
        boolean current,
        List<String> backups,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        long wal,
        Optional<String> firstWal,
        Optional<String> lastWal) {
    public KeyUse {
        backups = List.copyOf(backups);
    }
}
