package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The backup that a name stands for.
 *
 * @param entry the backup
 * @param passedOver newer ones of that kind that {@code latest} did not choose because they are
 *     broken, newest first; to be reported
 */
public record BackupChoice(CatalogEntry entry, List<CatalogEntry> passedOver) {
    private static final int SHOWN = 3;

    public BackupChoice {
        passedOver = List.copyOf(passedOver);
    }

    /**
     * The newest backup of that kind of which every object is to be had in some region.
     *
     * @throws RecoveryException {@code NO_BACKUP} ({@code NO_BASE} for a base) when there is none;
     *     what kept a newer one's manifest from being read, since not knowing is no reason to take
     *     an older one
     */
    public static BackupChoice latest(CatalogListing listing, BackupKind kind)
            throws RecoveryException {
        List<CatalogEntry> all = listing.ofKind(kind);
        for (int i = 0; i < all.size(); i++) {
            CatalogEntry entry = all.get(i);
            if (entry.status() == BackupStatus.MANIFEST_UNREAD) {
                throw new RecoveryException(entry.problem().orElseThrow());
            }
            if (entry.isUsable()) {
                return new BackupChoice(entry, all.subList(0, i));
            }
        }
        throw new RecoveryException(
                kind == BackupKind.BASE ? ProblemCode.NO_BASE : ProblemCode.NO_BACKUP,
                "There is no " + kind.word() + " backup to restore from.",
                all.isEmpty()
                        ? "None was found" + unansweredBy(listing) + "."
                        : "Of the "
                                + all.size()
                                + " found"
                                + unansweredBy(listing)
                                + " none is whole; "
                                + whyBroken(all.getFirst()),
                "Look at `lifeboat catalog`; take one with `lifeboat backup " + kind.word() + "`.");
    }

    /**
     * The backup of this id; of this key, or the end of a key after a slash, where an id alone
     * would not tell.
     *
     * @throws RecoveryException {@code BACKUP_UNKNOWN} when there is none, {@code USAGE} when there
     *     are several
     */
    public static BackupChoice byId(CatalogListing listing, String id) throws RecoveryException {
        List<CatalogEntry> found =
                listing.entries().stream().filter(entry -> entry.id().equals(id)).toList();
        if (found.isEmpty()) {
            found = listing.entries().stream().filter(entry -> endsWith(entry, id)).toList();
        }
        if (found.size() == 1) {
            return new BackupChoice(found.getFirst(), List.of());
        }
        throw found.isEmpty() ? unknown(listing, id) : ambiguous(found, id);
    }

    /** Why a backup cannot be restored from, one sentence or two; for those that can, nothing. */
    public static String whyBroken(CatalogEntry entry) {
        Optional<Problem> problem = entry.problem();
        return entry.isUsable()
                ? ""
                : problem.map(p -> p.what() + " " + p.why())
                        .orElseGet(() -> entry.id() + " is " + entry.status().word() + ".");
    }

    private static boolean endsWith(CatalogEntry entry, String name) {
        String key = entry.key();
        return key.equals(name) || key.endsWith("/" + name);
    }

    private static RecoveryException ambiguous(List<CatalogEntry> found, String id) {
        String keys =
                found.stream()
                        .limit(SHOWN)
                        .map(CatalogEntry::key)
                        .collect(Collectors.joining(", "));
        return new RecoveryException(
                ProblemCode.USAGE,
                found.size() + " backups are called '" + id + "'.",
                "They lie at " + keys + (found.size() > SHOWN ? " and elsewhere." : "."),
                "Name one by its key: " + found.getFirst().key() + ", or s3://BUCKET/KEY.");
    }

    private static RecoveryException unknown(CatalogListing listing, String id) {
        String nearest =
                listing.entries().stream()
                        .limit(SHOWN)
                        .map(CatalogEntry::id)
                        .collect(Collectors.joining(", "));
        return new RecoveryException(
                ProblemCode.BACKUP_UNKNOWN,
                "There is no backup '" + id + "'.",
                nearest.isEmpty()
                        ? "No backup was found at all" + unansweredBy(listing) + "."
                        : "The newest found" + unansweredBy(listing) + " are " + nearest + ".",
                "Choose one that `lifeboat catalog` shows.");
    }

    private static String unansweredBy(CatalogListing listing) {
        if (listing.unreachable().isEmpty()) {
            return "";
        }
        String regions =
                listing.unreachable().keySet().stream()
                        .map(role -> role.toString().toUpperCase(Locale.ROOT))
                        .sorted()
                        .collect(Collectors.joining(" and "));
        return " (" + regions + " did not answer)";
    }
}
