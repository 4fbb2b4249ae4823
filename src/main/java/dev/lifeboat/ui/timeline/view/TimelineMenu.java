package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.TimeInput;
import dev.lifeboat.ui.timeline.model.TimelineState;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/** What can be done with the time below the mouse. */
final class TimelineMenu {
    /** Under this key the menu's properties hold the time, a {@code Long}. */
    static final Object TIME = "time";

    private TimelineMenu() {}

    static ContextMenu of(TimelineView view, TimelineState state) {
        var menu = new ContextMenu();
        TimeAxis axis = view.axis();
        menu.getItems()
                .addAll(
                        item(
                                menu,
                                Messages.text("timeline.menu.put"),
                                time -> state.put(time, true)),
                        item(menu, Messages.text("timeline.menu.compare"), state::setGhost),
                        item(
                                menu,
                                Messages.text("timeline.menu.hour"),
                                time ->
                                        state.setView(
                                                state.view()
                                                        .showing(
                                                                new Span(
                                                                        time - Micros.HOUR / 2,
                                                                        time + Micros.HOUR / 2)))),
                        new SeparatorMenuItem(),
                        copy(menu, Messages.text("timeline.menu.utc"), TimeAxis::utc),
                        copy(menu, Messages.text("timeline.menu.local"), axis::local),
                        copy(
                                menu,
                                Messages.text("timeline.menu.epoch"),
                                time -> Long.toString(time / Micros.SECOND)),
                        copy(
                                menu,
                                Messages.text("timeline.menu.postgres"),
                                time -> TimeInput.text(Micros.instant(time))));
        return menu;
    }

    private static MenuItem item(ContextMenu menu, String text, LongConsumer action) {
        var item = new MenuItem(text);
        item.setOnAction(
                _ -> {
                    if (menu.getProperties().get(TIME) instanceof Long time) {
                        action.accept(time);
                    }
                });
        return item;
    }

    private static MenuItem copy(ContextMenu menu, String text, LongFunction<String> form) {
        return item(
                menu,
                text,
                time -> {
                    var content = new ClipboardContent();
                    content.putString(form.apply(time));
                    Clipboard.getSystemClipboard().setContent(content);
                });
    }
}
