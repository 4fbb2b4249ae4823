package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.find.FindListener;
import dev.lifeboat.catalog.find.FindRequest;
import dev.lifeboat.catalog.find.FindResult;
import dev.lifeboat.catalog.windows.RecoveryView;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Outlooks;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.ConsoleServices;
import dev.lifeboat.ui.task.ProfileFacts.RegionFacts;
import dev.lifeboat.ui.timeline.NearCommit;
import dev.lifeboat.ui.timeline.TimelineSource;
import dev.lifeboat.ui.timeline.Touched;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalExpectation;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.index.IndexedWal;
import dev.lifeboat.wal.index.WalIndex;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The timeline of a profile, from its engine. Safe for any thread. */
public final class EngineTimelineSource implements TimelineSource {
    /** Segments that are read before the picture is made anew. */
    private static final int AT_ONCE = 32;

    private final ConsoleServices services;
    private final Clock clock;

    public EngineTimelineSource(ConsoleServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @Override
    public Loaded load(CancelToken cancel) throws RecoveryException {
        CatalogListing catalog = services.catalog(cancel);
        Gathered found =
                services.engine()
                        .work(RegionChoice.AUTO, cancel, engine -> gather(engine, catalog, cancel));
        return new TimelineAssembler(found).loaded(this::read, this::touched, this::find);
    }

    @Override
    public boolean readMore(CancelToken cancel) throws RecoveryException {
        CatalogListing catalog = services.catalog(cancel);
        return services.engine()
                .work(
                        RegionChoice.AUTO,
                        cancel,
                        engine -> {
                            Optional<IndexedWal> wal = engine.windows().view(catalog, cancel).wal();
                            return wal.isPresent() && readNewest(wal.get(), cancel);
                        });
    }

    private static boolean readNewest(IndexedWal wal, CancelToken cancel) throws RecoveryException {
        List<WalRun> newest = new ArrayList<>();
        for (WalRun run : wal.runs()) {
            wal.index().missing(run, Integer.MAX_VALUE).reversed().stream()
                    .limit(1)
                    .map(EngineTimelineSource::tail)
                    .forEach(newest::add);
        }
        return wal.complete(newest, 1, cancel, new Progress()) > 0;
    }

    private static WalRun tail(WalRun run) {
        long from = Math.max(run.first().number(), run.last().number() - AT_ONCE + 1);
        return new WalRun(
                new WalSegment(run.first().timeline(), from, run.first().sizeBytes()), run.last());
    }

    private Gathered gather(Engine engine, CatalogListing catalog, CancelToken cancel)
            throws RecoveryException {
        Map<Region.Role, String> places =
                services.profile().regions().stream()
                        .collect(Collectors.toMap(RegionFacts::role, RegionFacts::place));
        RecoveryView view = engine.windows().view(catalog, cancel);
        WalInventory inventory =
                view.wal().isPresent()
                        ? view.wal().get().inventory()
                        : engine.archive().inventory(cancel);
        return new Gathered(
                clock.instant(),
                catalog,
                view.timeline(),
                inventory,
                view.wal().map(IndexedWal::index).orElseGet(WalIndex::empty),
                view.answers(),
                new Outlooks(engine, engine.settings().directories().home(), cancel).estimator(),
                places);
    }

    private List<NearCommit> read(CancelToken cancel, TimelineAssembler.Reading reading)
            throws RecoveryException {
        return services.engine()
                .work(
                        RegionChoice.AUTO,
                        cancel,
                        engine -> {
                            WalArchive archive = engine.archive();
                            return reading.from(segment -> content(archive, segment));
                        });
    }

    private Map<Lsn, Touched> touched(long time, int each, CancelToken cancel)
            throws RecoveryException {
        return services.engine()
                .work(
                        RegionChoice.AUTO,
                        cancel,
                        engine ->
                                engine
                                        .finder()
                                        .around(Micros.instant(time), each, new Progress(), cancel)
                                        .transactions()
                                        .stream()
                                        .collect(
                                                Collectors.toMap(
                                                        FoundTransaction::lsn,
                                                        found ->
                                                                new Touched(
                                                                        found.relations(),
                                                                        found.rows()),
                                                        (first, _) -> first)));
    }

    private FindResult find(
            FindRequest request, FindListener listener, Progress progress, CancelToken cancel)
            throws RecoveryException {
        return services.engine()
                .work(
                        RegionChoice.AUTO,
                        cancel,
                        engine -> engine.finder().find(request, listener, progress, cancel));
    }

    private static byte[] content(WalArchive archive, WalSegment segment) throws RecoveryException {
        Fetched fetched = archive.fetch(WalFileName.parse(segment.name()), WalExpectation.none());
        return switch (fetched) {
            case Fetched.Found found -> found.content();
            case Fetched.Unknown unknown -> throw new RecoveryException(unknown.problem());
            case Fetched.Absent _ ->
                    throw new RecoveryException(
                            ProblemCode.WAL_ABSENT,
                            Messages.text("timeline.commits.gone", segment.name()),
                            Messages.text("timeline.commits.gone.why"),
                            Messages.text("timeline.commits.gone.remedy"));
        };
    }
}
