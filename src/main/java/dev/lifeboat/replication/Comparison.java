package dev.lifeboat.replication;

import java.time.Duration;
import java.util.List;

/**
 * What a comparison of the regions found.
 *
 * @param objects keys that were compared
 * @param equal keys that are the same in both
 * @param otherClass keys that are the same, and lie in different storage classes
 * @param differences in the order of keys, WAL last
 * @param lag how long the oldest object that DR lacks has been in the primary region; zero when it
 *     lacks none
 * @param safeBackups ids of backups of which every object is the same in both regions, and whole
 * @param notes what an operator should know, full sentences
 */
public record Comparison(
        long objects,
        long equal,
        long otherClass,
        List<Difference> differences,
        Duration lag,
        List<String> safeBackups,
        List<String> notes) {
    public Comparison {
        differences = List.copyOf(differences);
        safeBackups = List.copyOf(safeBackups);
        notes = List.copyOf(notes);
    }

    /** Whether the regions are the same. */
    public boolean isEqual() {
        return differences.isEmpty();
    }

    public long count(Difference.Kind kind) {
        return differences.stream().filter(found -> found.kind() == kind).count();
    }

    /** Those that are not just missing in one region. */
    public long different() {
        return differences.stream().filter(found -> !found.kind().isMissing()).count();
    }
}
