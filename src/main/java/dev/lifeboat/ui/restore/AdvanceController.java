package dev.lifeboat.ui.restore;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Scrolling;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.timeline.Answers;
import dev.lifeboat.ui.timeline.TimelineViewModel;
import dev.lifeboat.ui.timeline.view.TimelineActions;
import dev.lifeboat.ui.timeline.view.TimelineView;

import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import java.util.List;

/** Binds restore-advance.fxml to its view model. */
public final class AdvanceController {
    private final AdvanceViewModel viewModel;
    private final RunViewModel run;
    private TimelineView view;
    private boolean chosen;

    @FXML private Button choose;
    @FXML private VBox chooser;
    @FXML private Label stands;
    @FXML private Skeleton loading;
    @FXML private StackPane picture;
    @FXML private VBox answers;
    @FXML private Label targetUtc;
    @FXML private Label targetLocal;
    @FXML private Label notice;
    @FXML private Label get;
    @FXML private Label lose;
    @FXML private Label where;
    @FXML private TextField typed;
    @FXML private Button go;
    @FXML private Button anew;

    AdvanceController(AdvanceViewModel viewModel, RunViewModel run) {
        this.viewModel = viewModel;
        this.run = run;
    }

    @FXML
    private void initialize() {
        TimelineViewModel timeline = viewModel.getTimeline();
        view = new TimelineView(timeline.state(), timeline.times().zone());
        view.setAccessibleText(Messages.text("timeline.accessible"));
        view.setActions(new Keys());
        picture.getChildren().add(view);
        loading.setText(Messages.text("run.advance.loading"));
        typed.setAccessibleText(Messages.text("timeline.typed"));
        targetUtc.textProperty().bind(timeline.targetUtcProperty());
        targetLocal.textProperty().bind(timeline.targetLocalProperty());
        notice.textProperty().bind(timeline.noticeProperty());
        get.textProperty().bind(timeline.answersProperty().map(Answers::get));
        lose.textProperty().bind(timeline.answersProperty().map(Answers::lose));
        InvalidationListener changed = _ -> update();
        for (Observable each :
                List.of(
                        viewModel.openProperty(),
                        viewModel.directionProperty(),
                        timeline.loadedProperty(),
                        timeline.loadingProperty(),
                        timeline.emptyProperty(),
                        timeline.noticeProperty(),
                        run.busyProperty())) {
            each.addListener(changed);
        }
        update();
    }

    private void update() {
        TimelineViewModel timeline = viewModel.getTimeline();
        boolean open = viewModel.openProperty().get();
        boolean shown = timeline.loadedProperty().get() && !timeline.emptyProperty().get();
        show(choose, !open);
        show(chooser, open);
        show(loading, timeline.isLoading() && !timeline.loadedProperty().get());
        show(picture, shown);
        show(answers, shown);
        show(notice, !timeline.getNotice().isEmpty());
        stands.setText(
                viewModel
                        .stands()
                        .map(at -> Messages.text("run.advance.stands", at))
                        .orElse(Messages.text("run.advance.standsUnknown")));
        AdvanceViewModel.Direction direction = viewModel.directionProperty().get();
        where.setText(words(direction));
        go.setDisable(!viewModel.canGoOn());
        show(anew, direction == AdvanceViewModel.Direction.EARLIER);
        if (chosen && shown) {
            chosen = false;
            Platform.runLater(this::turnToTheMarker); // once it was laid out
        }
    }

    /** Whoever asked for the timeline sees it, and moves its marker. */
    private void turnToTheMarker() {
        view.requestFocus();
        Scrolling.reveal(chooser);
    }

    private static String words(AdvanceViewModel.Direction direction) {
        return switch (direction) {
            case NONE -> Messages.text("run.advance.none");
            case LATER -> Messages.text("run.advance.later");
            case EARLIER -> Messages.text("run.advance.earlier");
            case UNKNOWN -> Messages.text("run.advance.unknown");
        };
    }

    @FXML
    private void onChoose() {
        chosen = true;
        viewModel.open();
        update();
    }

    @FXML
    private void onTyped() {
        if (viewModel.getTimeline().type(typed.getText())) {
            typed.clear();
        }
    }

    @FXML
    private void onGo() {
        viewModel.goOn();
    }

    @FXML
    private void onAnew() {
        viewModel.restoreAnew();
    }

    @FXML
    private void onClose() {
        viewModel.close();
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    public AdvanceViewModel getViewModel() {
        return viewModel;
    }

    /** Enter settles nothing here: what goes on is a button of its own. */
    private final class Keys implements TimelineActions {
        @Override
        public void typeTime() {
            typed.requestFocus();
        }

        @Override
        public void showKeys() {}

        @Override
        public void plan() {
            (anew.isVisible() ? anew : go).requestFocus();
        }
    }
}
