package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.RegionState;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.retention.Generations;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.RegionWords;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.ScreenContext;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
    private final ObservableList<CatalogRow> rows = FXCollections.observableArrayList();
    private List<CatalogRow> all = List.of();
    private Map<String, CatalogEntry> entries = Map.of();
    private CatalogFilter filter = CatalogFilter.none();

    public CatalogViewModel(ScreenContext context) {
        this.context = context;
        this.cache = new CatalogCache(context.services().cache());
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

    private record Read(CatalogListing listing, Instant at, List<CatalogRow> rows) {}

    private Read read(CancelToken cancel) throws RecoveryException {
        CatalogListing listing = context.services().catalog(cancel);
        Generations kept = context.services().generations(listing);
        List<CatalogRow> found =
                listing.entries().stream().map(entry -> CatalogRow.of(entry, kept)).toList();
        Instant now = context.times().clock().instant();
        cache.write(new CatalogCache.Remembered(now, found));
        return new Read(listing, now, found);
    }

    private void showRemembered(Optional<CatalogCache.Remembered> remembered) {
        if (remembered.isPresent() && at.get() == null) {
            all = remembered.get().rows();
            at.set(remembered.get().at());
            narrow();
        }
    }

    private void show(Read read) {
        loading.set(false);
        live.set(true);
        all = read.rows();
        at.set(read.at());
        entries =
                read.listing().entries().stream()
                        .collect(
                                Collectors.toMap(
                                        CatalogEntry::key, Function.identity(), (one, _) -> one));
        partial.set(partial(read.listing()));
        narrow();
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
        narrow();
    }

    /** Shows what fits the filter, and no more. */
    void setFilter(CatalogFilter wanted) {
        filter = wanted;
        narrow();
    }

    CatalogFilter filter() {
        return filter;
    }

    private void narrow() {
        Instant now = context.times().clock().instant();
        rows.setAll(all.stream().filter(row -> filter.shows(row, now)).toList());
        if (at.get() == null) {
            summary.set("");
            return;
        }
        summary.set(
                filter.isNone()
                        ? Messages.count("catalog.count", all.size())
                        : Messages.text("catalog.shown", rows.size(), all.size()));
    }

    /** Whether nothing was found although somebody answered. */
    boolean isEmpty() {
        return all.isEmpty() && at.get() != null && problem.get() == null;
    }

    /** The backup of a row, once the buckets have answered. */
    Optional<CatalogEntry> entry(CatalogRow row) {
        return Optional.ofNullable(entries.get(row.key()));
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

    /** How the regions compare, one sentence for each difference. */
    String comparison() {
        long both = all.stream().filter(row -> isWhole(row.primary()) && isWhole(row.dr())).count();
        long primary = all.stream().filter(r -> isWhole(r.primary()) && !isWhole(r.dr())).count();
        long dr = all.stream().filter(r -> !isWhole(r.primary()) && isWhole(r.dr())).count();
        long neither = all.size() - both - primary - dr;
        return Messages.text("catalog.comparison", both, all.size(), primary, dr, neither);
    }

    private static boolean isWhole(CatalogRow.Copy copy) {
        return copy != null && copy.state() == RegionState.PRESENT;
    }

    ScreenContext context() {
        return context;
    }

    public ObservableList<CatalogRow> getRows() {
        return rows;
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
