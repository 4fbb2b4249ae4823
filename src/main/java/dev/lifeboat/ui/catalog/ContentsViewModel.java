package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.postgres.DumpListing;
import dev.lifeboat.restore.logical.DumpContents;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the dump that is looked at holds: asked for, since it takes a fetch, and stopped when
 * another backup is looked at. FX thread only.
 */
public final class ContentsViewModel {
    private static final Duration SAMPLE = Duration.ofMillis(200);
    private final ScreenContext context;
    private final ReadOnlyStringWrapper told = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper hasContents = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper readable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper answered = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper listed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ObservableList<String> shown = FXCollections.observableArrayList();
    private Optional<CatalogEntry> entry = Optional.empty();
    private CatalogRow row;
    private List<String> all = List.of();
    private TaskRunner.Running task = () -> {};
    private Ticker.Ticking ticking = () -> {};

    ContentsViewModel(ScreenContext context) {
        this.context = context;
    }

    /**
     * Another backup is looked at.
     *
     * @param found empty while the buckets have not answered
     */
    void look(CatalogRow chosen, Optional<CatalogEntry> found) {
        end();
        row = chosen;
        entry = found;
        problem.set(null);
        all = List.of();
        shown.clear();
        listed.set(false);
        answered.set(false);
        hasContents.set(row.kind() == BackupKind.FULL && row.status().isRestorable());
        offer();
    }

    private void offer() {
        readable.set(hasContents.get() && entry.isPresent() && !row.isArchived());
        told.set(
                row.isArchived()
                        ? Messages.text("contents.archived", Words.thaw(row))
                        : Messages.text("contents.offer", ByteSize.format(row.storedBytes())));
    }

    /** Begins to read. */
    void read() {
        if (!readable.get()) {
            return;
        }
        CatalogEntry of = entry.orElseThrow();
        var progress = Progress.unwatched();
        readable.set(false);
        reading.set(true);
        problem.set(null);
        tell(progress);
        ticking = context.ticker().every(SAMPLE, () -> tell(progress));
        task =
                context.tasks()
                        .run(
                                cancel -> context.services().contents(of, progress, cancel),
                                this::show,
                                this::fail);
    }

    private void tell(Progress progress) {
        told.set(Messages.text("contents.reading", ByteSize.format(progress.done())));
    }

    /** Reads no further; it can be read again. */
    void stop() {
        end();
        offer();
    }

    private void end() {
        task.cancel();
        ticking.close();
        reading.set(false);
    }

    private void show(DumpContents contents) {
        end();
        answered.set(true);
        String read = ByteSize.format(contents.readBytes());
        String stored = ByteSize.format(contents.storedBytes());
        if (contents.listing().isEmpty()) {
            told.set(Messages.text("contents.sql", read, stored));
            return;
        }
        DumpListing listing = contents.listing().get();
        all = listing.contents();
        listed.set(true);
        narrow("");
        told.set(
                Messages.count(
                        "contents.listed", all.size(), listing.tablesWithData(), read, stored));
    }

    private void fail(Problem cause) {
        stop();
        problem.set(cause);
    }

    /** Shows the lines this stands in, whatever its case. */
    void narrow(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        shown.setAll(
                all.stream()
                        .filter(line -> line.toLowerCase(Locale.ROOT).contains(wanted))
                        .toList());
    }

    /** What stands in the dump, as far as it fits. */
    ObservableList<String> lines() {
        return shown;
    }

    public String getTold() {
        return told.get();
    }

    public ReadOnlyStringProperty toldProperty() {
        return told.getReadOnlyProperty();
    }

    /** Whether the backup is a dump at all. */
    ReadOnlyBooleanProperty hasContentsProperty() {
        return hasContents.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty readableProperty() {
        return readable.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /** Whether it was read, and all is told that it gave. */
    ReadOnlyBooleanProperty answeredProperty() {
        return answered.getReadOnlyProperty();
    }

    /** Whether it has a table of contents, which is shown. */
    ReadOnlyBooleanProperty listedProperty() {
        return listed.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
