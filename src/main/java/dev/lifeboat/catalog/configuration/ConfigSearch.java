package dev.lifeboat.catalog.configuration;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the configuration that a cluster had at a moment. Safe for many threads. */
public final class ConfigSearch {
    private final Catalog catalog;
    private final ConfigReading reading;

    public ConfigSearch(Catalog catalog, ConfigReading reading) {
        this.catalog = catalog;
        this.reading = reading;
    }

    /**
     * What was found.
     *
     * @param notes what was passed over and why, and what is not known; full sentences
     */
    public record Found(Optional<Taken> backup, List<String> notes) {
        public Found {
            notes = List.copyOf(notes);
        }
    }

    /**
     * A configuration backup that was read.
     *
     * @param at when it was taken
     */
    public record Taken(String id, Instant at, ConfigFiles files) {}

    /**
     * The newest that the cluster left by then and that can be read; else the first after that.
     * Only what its manifest's HMAC vouches for is taken.
     *
     * @param until empty for now
     * @throws RecoveryException when no region can be listed
     */
    public Found newest(String systemIdentifier, Optional<Instant> until, CancelToken cancel)
            throws RecoveryException {
        CatalogListing listing = catalog.load(cancel);
        List<String> notes = new ArrayList<>();
        listing.unreachable()
                .forEach(
                        (role, why) ->
                                notes.add("The region " + role + " was not asked: " + why.what()));
        for (CatalogEntry entry : inOrder(listing.ofKind(BackupKind.CONFIG), until)) {
            cancel.check();
            Optional<Taken> taken = read(entry, systemIdentifier, notes);
            if (taken.isPresent()) {
                if (until.isPresent() && taken.get().at().isAfter(until.get())) {
                    notes.add("It was taken after the moment that was restored.");
                }
                return new Found(taken, notes);
            }
        }
        return new Found(Optional.empty(), notes);
    }

    private static List<CatalogEntry> inOrder(
            List<CatalogEntry> newestFirst, Optional<Instant> until) {
        List<CatalogEntry> order = new ArrayList<>();
        List<CatalogEntry> after = new ArrayList<>();
        for (CatalogEntry entry : newestFirst) {
            boolean late = until.isPresent() && entry.facts().startedAt().isAfter(until.get());
            (late ? after : order).add(entry);
        }
        order.addAll(after.reversed());
        return order;
    }

    private Optional<Taken> read(CatalogEntry entry, String cluster, List<String> notes)
            throws CancelledException {
        Optional<String> owner = entry.facts().systemIdentifier();
        if (owner.isPresent() && !owner.get().equals(cluster)) {
            return Optional.empty();
        }
        if (!entry.authenticated() || !entry.isUsable()) {
            notes.add(
                    entry.id()
                            + " was passed over: "
                            + entry.problem()
                                    .map(problem -> problem.what())
                                    .orElse("Nothing vouches for it, or it is not whole."));
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Taken(entry.id(), entry.facts().startedAt(), reading.read(entry)));
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException unreadable) {
            notes.add(entry.id() + " was passed over: " + unreadable.problem().what());
            return Optional.empty();
        }
    }
}
