package dev.lifeboat.ui.timeline;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.EmProbe;
import dev.lifeboat.ui.timeline.view.TimelineView;

import javafx.scene.Parent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * What opens beside the picture or in its place: the table of all events takes its place, what is
 * to be used together with it stands beside it where there is room.
 */
final class TimelineDrawer {
    private static final double ROOM_FOR_BOTH_EM = 74;

    /** What can be shown. */
    enum Page {
        NONE,
        EVENTS,
        FINE_TUNE,
        FINDER
    }

    private final EmProbe probe = new EmProbe();
    private final HBox work;
    private final StackPane picture;
    private final TimelineView view;
    private final VBox side = new VBox();
    private final FineTuneViewModel fineTune;
    private final FineTunePage fineTunePage;
    private final EventsPage eventsPage;
    private final FinderPage finderPage;
    private Page shown = Page.NONE;

    /**
     * @param work holds the picture, and the drawer at its end
     * @param picture holds the view
     * @param aimed what follows when the marker was put before something that was found
     */
    TimelineDrawer(
            TimelineViewModel viewModel,
            HBox work,
            StackPane picture,
            TimelineView view,
            Runnable aimed) {
        this.work = work;
        this.picture = picture;
        this.view = view;
        fineTune = viewModel.fineTune();
        fineTunePage = new FineTunePage(fineTune);
        eventsPage = new EventsPage(viewModel.events(), viewModel.times());
        finderPage = new FinderPage(viewModel.finder(), viewModel.times(), aimed);
        side.getStyleClass().add("timeline-drawer");
        side.setAccessibleText(Messages.text("timeline.drawer"));
        work.getChildren().add(probe);
        work.widthProperty().addListener((_, _, _) -> place());
        probe.emProperty().addListener((_, _, _) -> place());
    }

    void show(Page page) {
        shown = page;
        place();
        if (page == Page.FINE_TUNE) {
            fineTune.open();
            fineTunePage.select();
        } else {
            fineTune.close();
        }
        if (page == Page.FINDER) {
            focusFinder();
        }
    }

    /** Gives the focus to what was found. */
    void focusFinder() {
        finderPage.focus();
    }

    private void place() {
        boolean besides = shown == Page.FINE_TUNE || shown == Page.FINDER;
        boolean beside = besides && hasRoomForBoth();
        Parent page =
                switch (shown) {
                    case NONE -> view;
                    case EVENTS -> eventsPage.root();
                    case FINE_TUNE -> fineTunePage.root();
                    case FINDER -> finderPage.root();
                };
        if (!beside || !side.getChildren().contains(page)) {
            side.getChildren().clear();
            work.getChildren().remove(side);
        }
        Parent centre = beside ? view : page;
        if (!picture.getChildren().contains(centre)) {
            picture.getChildren().setAll(centre);
        }
        if (beside && side.getChildren().isEmpty()) {
            VBox.setVgrow(page, Priority.ALWAYS);
            side.getChildren().setAll(page);
            work.getChildren().add(side);
        }
    }

    /** Before the first layout there is no width: then there is taken to be room. */
    private boolean hasRoomForBoth() {
        return work.getWidth() == 0 || work.getWidth() / probe.em() >= ROOM_FOR_BOTH_EM;
    }
}
