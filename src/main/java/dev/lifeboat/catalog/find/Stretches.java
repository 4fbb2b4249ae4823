package dev.lifeboat.catalog.find;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.catalog.windows.WalHoldings;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalInventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The archive's WAL cut into stretches along the newest timeline that the newest base leads to.
 *
 * @param stretches ascending
 * @param notes what of the archive is left out, full sentences
 * @param inventory what was listed
 */
record Stretches(List<Stretch> stretches, List<String> notes, WalInventory inventory) {
    /**
     * Lists the WAL and reads the history files.
     *
     * @throws RecoveryException NO_BASE; when no region's WAL can be listed, or histories
     *     contradict each other
     */
    static Stretches of(CatalogListing catalog, WalArchive archive, CancelToken cancel)
            throws RecoveryException {
        List<CatalogEntry> bases = bases(catalog);
        WalInventory inventory = archive.inventory(cancel);
        var histories = archive.histories(inventory, cancel);
        var notes = new ArrayList<String>();
        histories.unreadable().forEach((_, why) -> notes.add(why.what() + " " + why.why()));
        inventory.unlisted().forEach((_, why) -> notes.add(why.what() + " " + why.why()));
        TimelineTree tree = TimelineTree.of(histories.readable(), inventory.timelines());
        TimelinePath path = path(tree, facts(bases.getLast()));
        List<CatalogEntry> along = new ArrayList<>();
        for (CatalogEntry base : bases) {
            if (path.canStartAt(timeline(facts(base)), facts(base).stopLsn())) {
                along.add(base);
            } else {
                notes.add("What followed base " + base.id() + " is on another timeline.");
            }
        }
        WalHoldings holdings = WalHoldings.of(inventory, facts(bases.getLast()).walSegmentBytes());
        return new Stretches(cut(along, path, holdings, notes), notes, inventory);
    }

    private static List<Stretch> cut(
            List<CatalogEntry> bases, TimelinePath path, WalHoldings holdings, List<String> notes) {
        var stretches = new ArrayList<Stretch>();
        for (int i = 0; i < bases.size(); i++) {
            Optional<BaseFacts> next =
                    i + 1 < bases.size() ? Optional.of(facts(bases.get(i + 1))) : Optional.empty();
            var stretch =
                    new Stretch(
                            bases.get(i),
                            WalChain.along(path, facts(bases.get(i)).startLsn(), holdings),
                            next.map(BaseFacts::stopLsn),
                            next.map(BaseFacts::stopTime));
            stretches.add(stretch);
            if (stretch.isBroken()) {
                notes.add(
                        "Segment "
                                + stretch.chain().hole().segment()
                                + " is missing; what lies behind it is read from the next base"
                                + " on.");
            }
        }
        return stretches;
    }

    /** Those of the cluster of the newest one, ascending. */
    private static List<CatalogEntry> bases(CatalogListing catalog) throws RecoveryException {
        List<CatalogEntry> usable =
                catalog.ofKind(BackupKind.BASE).stream()
                        .filter(CatalogEntry::isUsable)
                        .filter(entry -> entry.facts().base().isPresent())
                        .toList();
        if (usable.isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.NO_BASE,
                    "There is no base to read WAL from.",
                    "The finder looks at what can be recovered, and without a base nothing can.",
                    "Take one: lifeboat backup base.");
        }
        var cluster = usable.getFirst().facts().systemIdentifier();
        return usable.stream()
                .filter(entry -> entry.facts().systemIdentifier().equals(cluster))
                .sorted(Comparator.comparing(entry -> facts(entry).stopLsn()))
                .toList();
    }

    private static TimelinePath path(TimelineTree tree, BaseFacts newest) throws RecoveryException {
        for (TimelineId timeline : tree.timelines().reversed()) {
            TimelinePath path = tree.pathTo(timeline);
            if (path.canStartAt(timeline(newest), newest.stopLsn())) {
                return path;
            }
        }
        return tree.pathTo(timeline(newest), timeline(newest), newest.stopLsn());
    }

    private static BaseFacts facts(CatalogEntry base) {
        return base.facts().base().orElseThrow();
    }

    private static TimelineId timeline(BaseFacts facts) {
        return new TimelineId(Integer.toUnsignedLong(facts.timeline()));
    }

    /** Those with commits between two times, with some leeway for clocks, the newest first. */
    List<Stretch> between(Optional<Instant> from, Optional<Instant> to, Duration leeway) {
        return stretches.reversed().stream()
                .filter(
                        each ->
                                to.filter(end -> each.facts().stopTime().isAfter(end.plus(leeway)))
                                        .isEmpty())
                .filter(
                        each ->
                                from.isEmpty()
                                        || each.ends()
                                                .filter(
                                                        end ->
                                                                end.isBefore(
                                                                        from.get().minus(leeway)))
                                                .isEmpty())
                .toList();
    }
}
