package dev.lifeboat.monitor;

import dev.lifeboat.catalog.BackupFailure;
import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupPresence;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.RegionState;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.catalog.windows.Gap;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.Window;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ArchiverInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A made-up world that is well, and can be made ill in one place at a time. */
final class Observations {
    static final String CLUSTER = "7300000000000000001";
    static final int SEGMENT = 16 << 20;
    static final Problem SILENCE =
            new Problem(
                    ProblemCode.STORAGE_UNREACHABLE,
                    "The endpoint does not answer.",
                    "It refused the connection.",
                    "Look at the network.");

    static final Problem SHUT =
            new Problem(
                    ProblemCode.KEY_WRONG,
                    "The backup was encrypted under another key.",
                    "Its key has the fingerprint 00ff; known here: 11ee.",
                    "Set the key with that fingerprint.");

    final Instant at;
    final List<CatalogEntry> entries = new ArrayList<>();
    final Map<Region.Role, Problem> unreachable = new EnumMap<>(Region.Role.class);
    final Map<Region.Role, Known<RecoveryTimeline>> regions = new EnumMap<>(Region.Role.class);
    final List<BackupFailure> failures = new ArrayList<>();
    final List<Instant> drills = new ArrayList<>();
    Known<RecoveryTimeline> timeline;
    Optional<Known<BucketRoom>> room = Optional.empty();
    Optional<Known<DatabaseFacts>> database = Optional.empty();

    private Observations(Instant at) {
        this.at = at;
    }

    /** Backups of every night, proven, in both regions; WAL of ten days up to a minute ago. */
    static Observations well(Instant at) {
        var world = new Observations(at);
        Instant night = at.truncatedTo(ChronoUnit.DAYS).plusSeconds(7200);
        if (night.plusSeconds(2400).isAfter(at)) {
            night = night.minus(Duration.ofDays(1));
        }
        for (int ago = 0; ago < 10; ago++) {
            Instant began = night.minus(Duration.ofDays(ago));
            world.entries.add(entry(BackupKind.FULL, began, 1000 - ago));
            world.entries.add(entry(BackupKind.BASE, began.plusSeconds(1200), 5000 - ago));
        }
        world.entries.add(entry(BackupKind.CONFIG, night.minus(Duration.ofDays(3)), 10));
        CatalogEntry newest = world.entries.getFirst();
        world.entries.set(
                0, newest.with(proof(VerifyLevel.RESTORED, night.plusSeconds(1800), true)));
        world.timeline =
                Known.of(timeline(at.minus(Duration.ofDays(10)), at.minusSeconds(60), 100));
        world.regions.put(Region.Role.PRIMARY, world.timeline);
        world.regions.put(Region.Role.DR, world.timeline);
        return world;
    }

    Health judged() {
        return HealthEvaluation.of(observed(), Goals.ofRunbook(7));
    }

    Observed observed() {
        return new Observed(
                at,
                Known.of(new CatalogListing(entries, unreachable, List.of())),
                timeline,
                regions,
                Known.of(List.copyOf(failures)),
                Known.of(List.copyOf(drills)),
                room,
                database);
    }

    /** One that could not be listed at all. */
    Observed blind() {
        return new Observed(
                at,
                Known.not(SILENCE),
                Known.not(SILENCE),
                Map.of(Region.Role.PRIMARY, Known.not(SILENCE)),
                Known.not(SILENCE),
                Known.not(SILENCE),
                Optional.empty(),
                Optional.empty());
    }

    void lose(Region.Role role) {
        regions.put(role, Known.not(SILENCE));
        unreachable.put(role, SILENCE);
    }

    static Optional<Verification> proof(VerifyLevel level, Instant at, boolean ok) {
        return Optional.of(new Verification(level, at, ok));
    }

    static CatalogEntry entry(BackupKind kind, Instant began, long storedBytes) {
        return entry(kind, began, storedBytes, RegionState.PRESENT, true);
    }

    static CatalogEntry entry(
            BackupKind kind, Instant began, long storedBytes, RegionState inDr, boolean keyKnown) {
        String id = BackupKeys.id(kind, "shop", began);
        return new CatalogEntry(
                id,
                kind,
                BackupStatus.FINISHED,
                new BackupKeys("").manifest(kind, id, began),
                new CatalogEntry.Facts(
                        "abc",
                        Optional.of(CLUSTER),
                        Optional.of("shop"),
                        began,
                        Optional.of(began.plusSeconds(600)),
                        OptionalLong.of(storedBytes * 3),
                        storedBytes,
                        Optional.of("00ff"),
                        "STANDARD",
                        Optional.empty()),
                keyKnown,
                Map.of(
                        Region.Role.PRIMARY,
                        new BackupPresence(RegionState.PRESENT, 3, 3, Optional.empty()),
                        Region.Role.DR,
                        new BackupPresence(inDr, 3, 3, Optional.empty())),
                true,
                Optional.empty(),
                Optional.empty());
    }

    /** The same, and no key opens it. */
    static CatalogEntry shut(CatalogEntry entry) {
        return new CatalogEntry(
                entry.id(),
                entry.kind(),
                entry.status(),
                entry.key(),
                entry.facts(),
                false,
                entry.regions(),
                entry.obtainable(),
                entry.verified(),
                Optional.of(SHUT));
    }

    /** One window up to the end of this many segments. */
    static RecoveryTimeline timeline(Instant from, Instant latest, long segments, Gap... gaps) {
        var end = new Lsn(segments * SEGMENT);
        var window =
                new Window(TimelineId.FIRST, new Lsn(SEGMENT), end, List.of("shop_base"), false);
        return timeline(
                List.of(new RecoveryTimeline.TimedWindow(window, from, Optional.of(latest), true)),
                Optional.of(latest),
                gaps);
    }

    static RecoveryTimeline nowhere() {
        return timeline(List.of(), Optional.empty());
    }

    private static RecoveryTimeline timeline(
            List<RecoveryTimeline.TimedWindow> windows, Optional<Instant> latest, Gap... gaps) {
        try {
            return new RecoveryTimeline(
                    windows,
                    List.of(gaps),
                    TimelineTree.of(List.of(), Set.of(TimelineId.FIRST)),
                    latest,
                    Optional.empty(),
                    Map.of(),
                    List.of());
        } catch (RecoveryException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A primary that has written up to this position. */
    DatabaseFacts database(long writtenTo, long archiveTimeout) {
        return new DatabaseFacts(
                at.minusSeconds(2),
                CLUSTER,
                Optional.of(TimelineId.FIRST),
                false,
                archiver(archiveTimeout, Optional.empty()),
                Optional.of(new Lsn(writtenTo)),
                SEGMENT,
                Optional.empty(),
                OptionalLong.empty());
    }

    ArchiverInfo archiver(long timeout, Optional<Instant> failedAt) {
        return new ArchiverInfo(
                "on",
                "replica",
                Optional.of("lifeboat wal push %p"),
                timeout,
                99,
                Optional.of("000000010000000000000063"),
                Optional.of(at.minusSeconds(60)),
                failedAt.isPresent() ? 3 : 0,
                failedAt.map(_ -> "000000010000000000000064"),
                failedAt);
    }
}
