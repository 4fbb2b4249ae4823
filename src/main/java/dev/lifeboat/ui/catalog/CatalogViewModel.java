package dev.lifeboat.ui.catalog;

import static dev.lifeboat.ui.catalog.CatalogRow.isNotKnown;
import static dev.lifeboat.ui.catalog.CatalogRow.isWhole;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.retention.Generations;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.RegionWords;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.TaskRunner;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * State of the catalog screen. What was read last stays while it is read again, with its age; what
 * a region did not answer is said. FX thread only.
 */
public final class CatalogViewModel {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private final ScreenContext context;
    private final CatalogCache cache;
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Problem> partial = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Instant> at = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper live = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Arrangement> arrangement =
            new ReadOnlyObjectWrapper<>(Arrangement.NOTHING);
    private final BooleanProperty grouped = new SimpleBooleanProperty(true);
    private final Expansion expansion = new Expansion();
    private Read known = new Read(List.of(), null, Map.of(), null, false);
    private CatalogFilter filter = CatalogFilter.none();
    private Comparator<CatalogRow> order;
    private TaskRunner.Running arranging = () -> {};

    public CatalogViewModel(ScreenContext context) {
        this.context = context;
        this.cache = new CatalogCache(context.services().cache());
        grouped.addListener((_, _, _) -> arrange());
    }

    /** It is shown: reads what is old. */
    void activate() {
        Instant last = at.get();
        Instant now = context.times().clock().instant();
        if (!loading.get() && (last == null || last.plus(FRESH).isBefore(now))) {
            refresh();
        }
    }

    /** Asks both regions; the cache answers before them where nothing was shown yet. */
    public void refresh() {
        if (loading.get()) {
            return;
        }
        loading.set(true);
        problem.set(null);
        if (at.get() == null) {
            context.tasks().run(_ -> cache.read(), this::showRemembered, _ -> {});
        }
        context.tasks().run(this::read, this::show, this::fail);
    }

    /**
     * What was read.
     *
     * @param at null before anything was
     * @param entries by key; none from the cache
     * @param partial null when both regions answered
     * @param live whether the buckets told it, and not the cache
     */
    private record Read(
            List<CatalogRow> rows,
            Instant at,
            Map<String, CatalogEntry> entries,
            Problem partial,
            boolean live) {}

    private Read read(CancelToken cancel) throws RecoveryException {
        CatalogListing listing = context.services().catalog(cancel);
        Generations kept = context.services().generations(listing);
        List<CatalogRow> found =
                listing.entries().stream().map(entry -> CatalogRow.of(entry, kept)).toList();
        Instant now = context.times().clock().instant();
        cache.write(new CatalogCache.Remembered(now, found));
        Map<String, CatalogEntry> entries =
                listing.entries().stream()
                        .collect(
                                Collectors.toMap(
                                        CatalogEntry::key, Function.identity(), (one, _) -> one));
        return new Read(found, now, entries, partial(listing), true);
    }

    private void showRemembered(Optional<CatalogCache.Remembered> remembered) {
        if (remembered.isPresent() && known.at() == null) {
            known = new Read(remembered.get().rows(), remembered.get().at(), Map.of(), null, false);
            arrange();
        }
    }

    private void show(Read read) {
        loading.set(false);
        known = read;
        arrange();
    }

    private static Problem partial(CatalogListing listing) {
        return listing.unreachable().entrySet().stream()
                .findFirst()
                .map(
                        region ->
                                new Problem(
                                        region.getValue().code(),
                                        Messages.text(
                                                "catalog.partial",
                                                RegionWords.of(region.getKey()),
                                                RegionWords.of(other(region.getKey()))),
                                        region.getValue().what() + " " + region.getValue().why(),
                                        region.getValue().remedy()))
                .orElse(null);
    }

    private static Region.Role other(Region.Role role) {
        return role == Region.Role.PRIMARY ? Region.Role.DR : Region.Role.PRIMARY;
    }

    private void fail(Problem cause) {
        loading.set(false);
        problem.set(cause);
    }

    /** Shows what fits the filter, and no more. */
    void setFilter(CatalogFilter wanted) {
        if (!wanted.equals(filter)) {
            filter = wanted;
            expansion.lookAnew();
            arrange();
        }
    }

    /**
     * Shows backups in this order, within their groups.
     *
     * @param wanted null for the newest first
     */
    void setOrder(Comparator<CatalogRow> wanted) {
        order = wanted;
        arrange();
    }

    /** Lays out what is known; an arrangement under way is not waited for. */
    private void arrange() {
        arranging.cancel();
        Read read = known;
        if (read.at() == null) {
            return;
        }
        var wish = new Arrangement.Wish(filter, grouped.get(), order);
        Instant now = context.times().clock().instant();
        arranging =
                context.tasks()
                        .run(
                                _ -> Arrangement.of(read.rows(), wish, now),
                                laidOut -> show(read, laidOut),
                                problem::set);
    }

    private void show(Read read, Arrangement laidOut) {
        live.set(read.live());
        partial.set(read.partial());
        arrangement.set(laidOut);
        int all = read.rows().size();
        summary.set(
                filter.isNone()
                        ? Messages.count("catalog.count", all)
                        : Messages.text("catalog.shown", laidOut.rows().size(), all));
        at.set(read.at());
    }

    /** Whether nothing was found although somebody answered. */
    boolean isEmpty() {
        return known.rows().isEmpty() && at.get() != null && problem.get() == null;
    }

    /** The backup of a row, once the buckets have answered. */
    Optional<CatalogEntry> entry(CatalogRow row) {
        return Optional.ofNullable(known.entries().get(row.key()));
    }

    /** Proves a backup readable, by a command that goes on without the window. */
    void verify(CatalogRow row) {
        context.jobs()
                .start(
                        Messages.text("catalog.verifying", row.id()),
                        List.of("verify", row.id(), "--level", "readable"),
                        ended -> VerifyEnd.tell(row, ended, context.notices(), this::refresh),
                        context.notices()::problem);
    }

    /** Leads to the restore screen with this backup. */
    void restore(CatalogRow row) {
        context.navigator().restore(RestoreIntent.from(row.id()));
    }

    /** How the regions compare; what a region did not answer counts as not known. */
    String comparison() {
        List<CatalogRow> all = known.rows();
        long notKnown = count(row -> isNotKnown(row.primary()) || isNotKnown(row.dr()));
        long both = count(row -> isWhole(row.primary()) && isWhole(row.dr()));
        long primary = count(row -> isWhole(row.primary()) && isNot(row.dr()));
        long dr = count(row -> isNot(row.primary()) && isWhole(row.dr()));
        long neither = all.size() - both - primary - dr - notKnown;
        String told = Messages.text("catalog.comparison", both, all.size(), primary, dr, neither);
        return notKnown == 0
                ? told
                : told + " " + Messages.count("catalog.comparisonNotKnown", notKnown);
    }

    /** Not whole there, the region being none of the profile's included. */
    private static boolean isNot(CatalogRow.Copy copy) {
        return !isWhole(copy) && !isNotKnown(copy);
    }

    private long count(Predicate<CatalogRow> wanted) {
        return known.rows().stream().filter(wanted).count();
    }

    ScreenContext context() {
        return context;
    }

    Expansion expansion() {
        return expansion;
    }

    /** What is shown. */
    Arrangement getArrangement() {
        return arrangement.get();
    }

    ReadOnlyObjectProperty<Arrangement> arrangementProperty() {
        return arrangement.getReadOnlyProperty();
    }

    /** Whether backups stand below headings, or in one list. */
    public BooleanProperty groupedProperty() {
        return grouped;
    }

    public boolean isGrouped() {
        return grouped.get();
    }

    public boolean isLoading() {
        return loading.get();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /** Whether what is shown comes from the buckets and not from the cache. */
    public boolean isLive() {
        return live.get();
    }

    public ReadOnlyBooleanProperty liveProperty() {
        return live.getReadOnlyProperty();
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Why only one region is shown; null when both are, or neither. */
    public Problem getPartial() {
        return partial.get();
    }

    public ReadOnlyObjectProperty<Problem> partialProperty() {
        return partial.getReadOnlyProperty();
    }

    /** When what is shown was read; null before anything was. */
    public Instant getAt() {
        return at.get();
    }

    public ReadOnlyObjectProperty<Instant> atProperty() {
        return at.getReadOnlyProperty();
    }

    public String getSummary() {
        return summary.get();
    }

    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }
}
