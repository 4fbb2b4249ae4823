package dev.lifeboat.retention;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.storage.Region;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What goes, what moves to a colder class and what stays.
 *
 * @param removals in the order they are carried out
 * @param kept every backup that stays, newest first
 * @param keptObjects objects of backups and WAL that stay, counted in each region
 * @param before the window in which every moment is recoverable, as it is
 * @param after the same once the plan was carried out
 * @param notes what an operator should know, full sentences
 */
public record RetentionPlan(
        List<Removal> removals,
        List<ClassMove> moves,
        List<Kept> kept,
        long keptObjects,
        Window before,
        Window after,
        List<String> notes) {
    private static final int DIGEST_DIGITS = 16;

    public RetentionPlan {
        removals = List.copyOf(removals);
        moves = List.copyOf(moves);
        kept = List.copyOf(kept);
        notes = List.copyOf(notes);
    }

    /** One object as a listing showed it. */
    public record Target(
            Region.Role region, String key, String etag, long sizeBytes, String storageClass) {}

    /**
     * Objects that go together: those of one backup, the manifests first, or one WAL file.
     *
     * @param name the backup's id, or the WAL file
     * @param wal whether they lie in the bucket of WAL
     * @param why a reason, to follow the name
     */
    public record Removal(String name, boolean wal, String why, List<Target> targets) {
        public Removal {
            targets = List.copyOf(targets);
        }
    }

    /** An object that moves to another storage class. */
    public record ClassMove(Target target, String storageClass) {}

    /**
     * A backup that stays.
     *
     * @param generations what it is kept as; none for a base
     */
    public record Kept(CatalogEntry entry, Set<Generation> generations, String why) {}

    /** From the first moment to the last; both are empty when nothing is recoverable. */
    public record Window(Optional<Instant> from, Optional<Instant> to) {
        public static final Window NONE = new Window(Optional.empty(), Optional.empty());
    }

    public boolean isEmpty() {
        return removals.isEmpty() && moves.isEmpty();
    }

    /** Stored bytes that are given back, in both regions together. */
    public long bytes() {
        return removals.stream()
                .flatMap(removal -> removal.targets().stream())
                .mapToLong(Target::sizeBytes)
                .sum();
    }

    /** Names exactly what would be done: another object, region or ETag gives another digest. */
    public String digest() {
        List<String> lines = new ArrayList<>();
        removals.forEach(removal -> removal.targets().forEach(t -> lines.add("- " + line(t))));
        moves.forEach(move -> lines.add(move.storageClass + " " + line(move.target)));
        return Sha256.of(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
                .sha256()
                .substring(0, DIGEST_DIGITS);
    }

    private static String line(Target target) {
        return target.region + " " + target.key + " " + target.etag + " " + target.sizeBytes;
    }
}
