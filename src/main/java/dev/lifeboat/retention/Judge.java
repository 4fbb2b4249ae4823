package dev.lifeboat.retention;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.VerifyLevel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says of each backup whether it stays. What is not plainly one of this cluster's own and past
 * every rule stays.
 */
final class Judge {
    /** How long what has no manifest is taken for a backup under way. */
    private static final Duration UNDER_WAY = Duration.ofDays(2);

    private final CatalogListing listing;
    private final RetentionRules rules;
    private final List<Hold> holds;
    private final Instant now;
    private final Generations generations;
    private final Optional<String> cluster;
    private final Map<String, String> lastOnes = new HashMap<>();

    Judge(CatalogListing listing, RetentionRules rules, List<Hold> holds, Instant now) {
        this.listing = listing;
        this.rules = rules;
        this.holds = holds;
        this.now = now;
        this.generations = Generations.of(listing.entries(), rules, now);
        this.cluster = cluster(listing);
        findLastOnes();
    }

    /** That of the newest good base, else of the newest good full. */
    private static Optional<String> cluster(CatalogListing listing) {
        for (BackupKind kind : List.of(BackupKind.BASE, BackupKind.FULL)) {
            Optional<String> found =
                    listing.ofKind(kind).stream()
                            .filter(Generations::isGood)
                            .flatMap(entry -> entry.facts().systemIdentifier().stream())
                            .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Bases that may serve a promise: good ones of this cluster. */
    List<CatalogEntry> goodBases() {
        return listing.ofKind(BackupKind.BASE).stream()
                .filter(Generations::isGood)
                .filter(entry -> entry.facts().base().isPresent())
                .filter(entry -> entry.facts().systemIdentifier().equals(cluster))
                .toList();
    }

    /**
     * Bases that stay because they are not plainly this cluster's own, or cannot be judged here.
     */
    List<CatalogEntry> otherBases() {
        return listing.ofKind(BackupKind.BASE).stream()
                .filter(entry -> entry.status() != BackupStatus.UNFINISHED)
                .filter(entry -> unknown(entry).isPresent())
                .toList();
    }

    /**
     * Own ones that are damaged or lack their manifest: while no good one leads into the promise, a
     * repair may make one of them do it.
     */
    List<CatalogEntry> basesToMend() {
        List<CatalogEntry> others = new ArrayList<>(goodBases());
        others.addAll(otherBases());
        return listing.ofKind(BackupKind.BASE).stream()
                .filter(entry -> !others.contains(entry))
                .toList();
    }

    /** The newest good one, and the newest one that was proven by reading it, of each line. */
    private void findLastOnes() {
        Set<String> lines = new HashSet<>();
        for (CatalogEntry entry : listing.entries()) {
            if (!Generations.isGood(entry)) {
                continue;
            }
            String line =
                    entry.kind()
                            + " "
                            + entry.facts().database()
                            + entry.facts().systemIdentifier().or(() -> cluster);
            boolean proven =
                    entry.verified()
                            .filter(v -> v.level().covers(VerifyLevel.CHECKSUM))
                            .isPresent();
            if (lines.add(line)) {
                lastOnes.put(entry.key(), "it is the newest good one");
            }
            if (proven && lines.add("proven " + line)) {
                lastOnes.putIfAbsent(entry.key(), "it is the newest that was proven by reading it");
            }
        }
    }

    /** Why a backup stays as the last of its line; empty when it is not that. */
    Optional<String> lastOne(CatalogEntry entry) {
        return Optional.ofNullable(lastOnes.get(entry.key()));
    }

    Optional<Hold> hold(CatalogEntry entry) {
        return holds.stream().filter(hold -> hold.covers(entry)).findFirst();
    }

    /**
     * @param needs asked for bases
     * @param oldestNeeded when the oldest base that a promise needs was begun; every newer one
     *     stays
     */
    Verdict of(CatalogEntry entry, WalNeeds needs, Instant oldestNeeded) {
        Optional<Hold> hold = hold(entry);
        if (hold.isPresent()) {
            return Verdict.stays(entry, "the hold " + hold.get().id() + " covers it");
        }
        Optional<String> unknown = unknown(entry);
        if (unknown.isPresent()) {
            return Verdict.stays(entry, unknown.get());
        }
        if (entry.status() == BackupStatus.UNFINISHED) {
            return unfinished(entry, needs, oldestNeeded);
        }
        Optional<String> last = lastOne(entry);
        if (entry.kind() == BackupKind.BASE) {
            if (!needs.isPromiseLedInto() && !Generations.isGood(entry)) {
                return Verdict.stays(
                        entry, "it is damaged, and no good base leads into the promise: mend it");
            }
            return base(entry, needs, oldestNeeded, last);
        }
        Set<Generation> kept = generations.of(entry);
        if (!kept.isEmpty()) {
            return new Verdict(entry, true, kept, "it is kept as " + words(kept));
        }
        return last.map(why -> Verdict.stays(entry, why))
                .orElseGet(
                        () ->
                                Verdict.goes(
                                        entry,
                                        "it is older than "
                                                + rules.dailyDays()
                                                + " days, and stands for no week, month or year"
                                                + " that is kept"));
    }

    /**
     * What has no manifest may be whole: a lost manifest looks like a backup under way. So it goes
     * no sooner than a whole one of its age.
     */
    private Verdict unfinished(CatalogEntry entry, WalNeeds needs, Instant oldestNeeded) {
        Instant begun = entry.facts().startedAt();
        if (begun.isAfter(now.minus(UNDER_WAY))) {
            return Verdict.stays(entry, "it may still be being taken");
        }
        Set<Generation> kept = generations.of(entry);
        if (!kept.isEmpty()) {
            return new Verdict(
                    entry, true, kept, "it has no manifest; it may be whole, as " + words(kept));
        }
        boolean due =
                entry.kind() == BackupKind.BASE
                        ? needs.isPromiseLedInto() && begun.isBefore(oldestNeeded)
                        : hasNewerGood(entry);
        return due
                ? Verdict.goes(entry, "it was never finished, or not wholly removed")
                : Verdict.stays(
                        entry, "it has no manifest; it stays as long as a whole one of its age");
    }

    private boolean hasNewerGood(CatalogEntry entry) {
        return listing.ofKind(entry.kind()).stream()
                .filter(Generations::isGood)
                .filter(other -> other.facts().database().equals(entry.facts().database()))
                .anyMatch(other -> other.facts().startedAt().isAfter(entry.facts().startedAt()));
    }

    private static Verdict base(
            CatalogEntry entry, WalNeeds needs, Instant oldestNeeded, Optional<String> last) {
        Optional<String> why = needs.reason(entry.id()).or(() -> last);
        if (why.isPresent()) {
            return Verdict.stays(entry, why.get());
        }
        return entry.facts().startedAt().isBefore(oldestNeeded)
                ? Verdict.goes(entry, "no moment that is promised needs it")
                : Verdict.stays(entry, "it is newer than the oldest base that is needed");
    }

    private Optional<String> unknown(CatalogEntry entry) {
        CatalogEntry.Facts facts = entry.facts();
        return switch (entry.status()) {
            case MANIFEST_DAMAGED, MANIFEST_TOO_NEW, MANIFEST_UNREAD, MANIFEST_UNTRUSTED ->
                    Optional.of("its manifest does not tell what it is");
            case FINISHED ->
                    !entry.authenticated()
                            ? Optional.of("the key of its manifest is not known here")
                            : facts.systemIdentifier().equals(cluster)
                                    ? Optional.empty()
                                    : Optional.of("it is of another cluster");
            case NO_MANIFEST -> withoutManifest(facts);
            case UNFINISHED ->
                    facts.database().isEmpty()
                            ? Optional.of("its name tells neither database nor time")
                            : Optional.empty();
        };
    }

    /** What another tool left is ours only when it bears the name of a database that is. */
    private Optional<String> withoutManifest(CatalogEntry.Facts facts) {
        if (facts.database().isEmpty()) {
            return Optional.of("its name tells neither database nor time");
        }
        boolean own =
                listing.entries().stream()
                        .filter(other -> other.status() == BackupStatus.FINISHED)
                        .filter(other -> other.facts().systemIdentifier().equals(cluster))
                        .anyMatch(other -> other.facts().database().equals(facts.database()));
        return own || cluster.isEmpty()
                ? Optional.empty()
                : Optional.of("nothing tells of which cluster it is");
    }

    private static String words(Set<Generation> kept) {
        return kept.stream().map(Generation::word).collect(Collectors.joining(", "));
    }
}
