package dev.lifeboat.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.find.FindResult;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.HarmKind;

import javafx.scene.Scene;
import javafx.scene.control.TableView;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

class FinderPageScreenTest {
    private static final Instant DROPPED = Instant.parse("2026-11-23T02:52:07Z");
    private final Queue<Runnable> toShow = new ArrayDeque<>();

    @Test
    void whatWasChosenDuringTheSearchStaysChosenWhenItEnds() {
        Damage chosen = FxToolkit.fx(this::chooseTheFirstAndEndTheSearch);

        assertThat(chosen).isNotNull();
        assertThat(chosen.relations()).isEqualTo("public.orders");
    }

    private Damage chooseTheFirstAndEndTheSearch() {
        var finder =
                new FinderViewModel(
                        new TaskRunner(Runnable::run, toShow::add), new TimelineState(0));
        finder.use(
                (_, listener, _, _) -> {
                    listener.found(dropOf("16384/24601", 2));
                    return new FindResult(
                            List.of(dropOf("public.older", 1), dropOf("public.orders", 2)),
                            new FindResult.Scanned(
                                    Optional.of(DROPPED), Optional.of(DROPPED), true),
                            List.of());
                });
        var page = new FinderPage(finder, FakeServices.TIMES, () -> {});
        var scene = new Scene(page.root(), 400, 400);
        TableView<?> table = (TableView<?>) scene.getRoot().lookup(".table-view");
        finder.search(false, "", Optional.empty());
        toShow.remove().run();
        table.getSelectionModel().select(0);
        toShow.remove().run();
        return (Damage) table.getSelectionModel().getSelectedItem();
    }

    private static FoundTransaction dropOf(String relation, long position) {
        return new FoundTransaction(
                (int) position,
                DROPPED,
                new Lsn(position),
                Optional.of(HarmKind.DROP),
                "orders",
                List.of(relation),
                OptionalLong.empty(),
                new Lsn(position));
    }
}
