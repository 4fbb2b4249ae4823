package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The catalog at one moment.
 *
 * @param entries newest first
 * @param unreachable the regions of the choice that could not be listed, and why
 * @param notes what else an operator should know, full sentences
 */
public record CatalogListing(
        List<CatalogEntry> entries, Map<Region.Role, Problem> unreachable, List<String> notes) {
    private static final Comparator<CatalogEntry> NEWEST_FIRST =
            Comparator.comparing((CatalogEntry entry) -> entry.facts().startedAt())
                    .reversed()
                    .thenComparing(CatalogEntry::key);

    public CatalogListing {
        entries = entries.stream().sorted(NEWEST_FIRST).toList();
        unreachable = Map.copyOf(unreachable);
        notes = List.copyOf(notes);
    }

    /** The entries of one kind, newest first. */
    public List<CatalogEntry> ofKind(BackupKind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind).toList();
    }
}
