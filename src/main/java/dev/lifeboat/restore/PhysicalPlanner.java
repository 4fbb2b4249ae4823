package dev.lifeboat.restore;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.index.IndexedWal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the plan of a physical restore: chooses base and timelines, fixes the end from the WAL
 * itself, and says what will and will not be touched. Changes nothing. For one thread.
 */
public final class PhysicalPlanner {
    /** The recovering server gets at most this part of the machine's memory... */
    private static final int MEMORY_PART = 4;

    /** ...and no more than replay gains from. */
    private static final long LARGEST_SHARED_BUFFERS = 4L << 30;

    private final RegionPair backups;
    private final Catalog catalog;
    private final WalArchive archive;
    private final IndexedWal.Places places;
    private final Host host;
    private final Path home;
    private final String tool;
    private final Clock clock;
    private final CancelToken cancel;

    /**
     * @param backups the regions of the plan
     * @param catalog read with the same regions
     * @param archive read with the same regions
     * @param places where the index of that archive is kept: it tells where to look first
     * @param home Lifeboat's own folder on the host
     * @param tool the version that makes the plan
     */
    public PhysicalPlanner(
            RegionPair backups,
            Catalog catalog,
            WalArchive archive,
            IndexedWal.Places places,
            Host host,
            Path home,
            String tool,
            Clock clock,
            CancelToken cancel) {
        this.backups = backups;
        this.catalog = catalog;
        this.archive = archive;
        this.places = places;
        this.host = host;
        this.home = home;
        this.tool = tool;
        this.clock = clock;
        this.cancel = cancel;
    }

    /** A base, the way from it, and the end that was found there. */
    private record Way(
            CatalogEntry base, TimelinePath path, WalChain run, Goal goal, boolean endUnproven) {
        BaseFacts facts() {
            return base.facts().base().orElseThrow();
        }
    }

    /**
     * The plan for a request.
     *
     * @throws RecoveryException NO_BASE, BACKUP_UNKNOWN, BACKUP_INCOMPLETE, TARGET_* when there is
     *     no way; TARGET_NOT_EMPTY when the directory can neither be used nor moved aside; whatever
     *     reading the regions met
     */
    public PhysicalPlan plan(RestoreRequest request) throws RecoveryException {
        CatalogListing listing = catalog.load(cancel);
        BaseChoice choice = BaseChoice.of(catalog, listing, request);
        WalView wal = WalView.of(archive, places, cancel);
        Way way = way(choice, wal, request.target());
        Manifest manifest = catalog.manifest(way.base());
        RestorePlace place =
                RestorePlace.of(host, home, manifest.database(), request.into(), clock.instant());
        return new PhysicalPlan(
                place.id(),
                tool,
                host.name(),
                clock.instant(),
                request.target(),
                request.action(),
                request.region(),
                manifest,
                reason(choice, wal, way, request),
                way.base().key(),
                digestOf(way.base().key()),
                way.path().spans().stream().map(span -> span.timeline().value()).toList(),
                way.goal(),
                wal.need(way.path(), way.run(), way.goal(), way.facts().walSegmentBytes()),
                place.dataDirectory(),
                place.renamedTo(),
                tablespaces(manifest, place),
                request.port().isPresent() ? request.port().getAsInt() : host.ports().findFree(),
                request.jobs().orElse(host.processors()),
                Math.min(LARGEST_SHARED_BUFFERS, host.memoryBytes() / MEMORY_PART),
                Map.of(),
                notes(listing, choice, wal, way, request, manifest),
                place.confirm());
    }

    /** The stored bytes, so that a manifest replaced under the same key is noticed. */
    private String digestOf(String key) throws RecoveryException {
        return backups.read(key, (_, bytes) -> Sha256.of(bytes.readAllBytes()).sha256());
    }

    /**
     * Takes the newest base that leads to the target; a transaction or name may lie before it. A
     * base on a branch that was left behind is taken when no other leads there.
     */
    private Way way(BaseChoice choice, WalView wal, RecoveryTarget target)
            throws RecoveryException {
        RecoveryException first = null;
        for (CatalogEntry base : wal.liveFirst(choice.candidates(), target.timeline())) {
            try {
                return way(base, wal, target);
            } catch (RecoveryException noWay) {
                first = first == null ? noWay : first;
                if (!mayLieBefore(noWay.code())) {
                    throw first;
                }
            }
        }
        throw first;
    }

    private static boolean mayLieBefore(ProblemCode code) {
        return code == ProblemCode.TARGET_UNKNOWN
                || code == ProblemCode.TARGET_BEFORE_BASE
                || code == ProblemCode.TARGET_OTHER_TIMELINE;
    }

    private Way way(CatalogEntry base, WalView wal, RecoveryTarget target)
            throws RecoveryException {
        catalog.manifest(base); // a wrong key is told by the fingerprint there, which WAL has not
        BaseFacts facts = base.facts().base().orElseThrow();
        TimelinePath path = wal.path(facts, target.timeline());
        String system = base.facts().systemIdentifier().orElseThrow();
        return wal.search(system, facts)
                .ask(
                        wal.run(facts, path),
                        (resolver, run) -> {
                            Goal goal = resolver.resolve(target);
                            return new Way(base, path, run, goal, resolver.isEndUnproven());
                        });
    }

    /**
     * Every tablespace gets a directory of its own beside the data: its old path may be the live
     * server's.
     */
    private static Map<Long, Path> tablespaces(Manifest manifest, RestorePlace place) {
        Path beside =
                place.dataDirectory().startsWith(place.folder())
                        ? place.folder().resolve("tablespaces")
                        : place.dataDirectory()
                                .resolveSibling(
                                        place.dataDirectory().getFileName() + ".tablespaces");
        var map = new HashMap<Long, Path>();
        manifest.base()
                .tablespaces()
                .forEach(space -> map.put(space.oid(), beside.resolve(Long.toString(space.oid()))));
        return map;
    }

    private static String reason(BaseChoice choice, WalView wal, Way way, RestoreRequest request)
            throws RecoveryException {
        if (choice.candidates().size() == 1 && !request.backup().equals(RestoreRequest.LATEST)) {
            return "It was named.";
        }
        if (choice.candidates().getFirst().equals(way.base())) {
            return "It is the newest base that is consistent before the target.";
        }
        return wal.isLive(way.base()) && !wal.isLive(choice.candidates().getFirst())
                ? "Newer bases lie on a timeline that was left behind (--timeline follows it)."
                : "The target lies before the newer bases.";
    }

    private List<String> notes(
            CatalogListing listing,
            BaseChoice choice,
            WalView wal,
            Way way,
            RestoreRequest request,
            Manifest manifest)
            throws RecoveryException {
        var notes = new ArrayList<>(listing.notes());
        new ArchivedObjects(backups, cancel).note(manifest).ifPresent(notes::add);
        listing.unreachable()
                .forEach(
                        (region, why) ->
                                notes.add(
                                        "Region "
                                                + region
                                                + " is not part of what was seen: "
                                                + why.what()));
        wal.inventory()
                .unlisted()
                .forEach(
                        (region, why) ->
                                notes.add(
                                        "WAL in region "
                                                + region
                                                + " was not seen: "
                                                + why.what()));
        choice.broken().stream()
                .filter(entry -> entry.facts().startedAt().isAfter(way.base().facts().startedAt()))
                .forEach(
                        entry ->
                                notes.add(
                                        "A newer base was not chosen: "
                                                + entry.id()
                                                + " is "
                                                + entry.status().word()
                                                + " or incomplete."));
        leftOut(request).ifPresent(notes::add);
        if (way.endUnproven()) {
            notes.add(
                    "Much of the WAL on the way is in no index, so its clock is taken to have run"
                            + " forward. Should it have gone back, replay stops and says so; lifeboat"
                            + " wal index makes it certain before the start.");
        }
        List<TimelineId> others = wal.notFollowed(way.path());
        if (!others.isEmpty()) {
            notes.add(
                    "The plan follows timeline "
                            + way.path().target()
                            + "; not followed: "
                            + others.stream()
                                    .map(TimelineId::toString)
                                    .collect(Collectors.joining(", "))
                            + " (--timeline chooses).");
        }
        return notes;
    }

    private static Optional<String> leftOut(RestoreRequest request) {
        return switch (request.region()) {
            case "primary" -> Optional.of(newerMayLieIn(Region.Role.DR));
            case "dr" -> Optional.of(newerMayLieIn(Region.Role.PRIMARY));
            default -> Optional.empty();
        };
    }

    private static String newerMayLieIn(Region.Role region) {
        return "Region "
                + region
                + " is left out of the plan: newer WAL than the plan knows may lie there.";
    }
}
