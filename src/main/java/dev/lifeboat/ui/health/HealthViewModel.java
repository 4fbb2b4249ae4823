package dev.lifeboat.ui.health;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Health;
import dev.lifeboat.ui.ScreenContext;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * State of the health screen. The cache answers first; what was read last stays, with its age,
 * while it is read again or cannot be. FX thread only.
 */
public final class HealthViewModel {
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** What is older may be told of, not relied on. */
    private static final Duration STALE = Duration.ofMinutes(10);

    private final ScreenContext context;
    private final HealthWords words;
    private final HealthCache cache;
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<HealthSummary> summary = new ReadOnlyObjectWrapper<>();

    public HealthViewModel(ScreenContext context) {
        this.context = context;
        this.words = new HealthWords(context.times(), context.services().profile());
        this.cache = new HealthCache(context.services().cache());
    }

    /** Reads anew what is older than a minute. */
    void keepFresh() {
        HealthSummary last = summary.get();
        Instant now = context.times().clock().instant();
        boolean old = last == null || last.at().plus(FRESH).isBefore(now);
        if (old && problem.get() == null) {
            refresh();
        }
    }

    /** Whether what is shown is old, or could not be read anew. */
    boolean isOutdated() {
        HealthSummary last = summary.get();
        return last != null
                && (problem.get() != null
                        || last.at().plus(STALE).isBefore(context.times().clock().instant()));
    }

    /** Asks anew; the cache answers meanwhile where nothing is shown yet. */
    public void refresh() {
        if (loading.get()) {
            return;
        }
        loading.set(true);
        if (summary.get() == null) {
            context.tasks().run(_ -> cache.read(), this::showRemembered, _ -> {});
        }
        context.tasks().run(this::read, this::show, this::fail);
    }

    private HealthSummary read(CancelToken cancel) throws RecoveryException {
        Health health = context.services().health(cancel);
        HealthSummary read =
                words.of(health, MeasuredRestore.newest(context.services().restores()));
        cache.write(read);
        return read;
    }

    private void showRemembered(Optional<HealthSummary> remembered) {
        if (summary.get() == null) {
            remembered.ifPresent(summary::set);
        }
    }

    private void show(HealthSummary read) {
        loading.set(false);
        problem.set(null);
        summary.set(read);
    }

    private void fail(Problem cause) {
        loading.set(false);
        problem.set(cause);
    }

    ScreenContext context() {
        return context;
    }

    public boolean isLoading() {
        return loading.get();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Null before anything is known. */
    public HealthSummary getSummary() {
        return summary.get();
    }

    public ReadOnlyObjectProperty<HealthSummary> summaryProperty() {
        return summary.getReadOnlyProperty();
    }
}
