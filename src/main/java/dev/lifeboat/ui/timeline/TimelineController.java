package dev.lifeboat.ui.timeline;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.AgeLabel;
import dev.lifeboat.ui.control.Copying;
import dev.lifeboat.ui.control.EmptyState;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.timeline.model.SnapTo;
import dev.lifeboat.ui.timeline.model.TimelineMoves;
import dev.lifeboat.ui.timeline.view.TimelineActions;
import dev.lifeboat.ui.timeline.view.TimelineView;

import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import java.time.Duration;
import java.util.List;

/** Binds timeline.fxml to its view model: handlers, and what FXML cannot make. */
public final class TimelineController implements TimelineActions {
    private static final Duration STALE = Duration.ofMinutes(5);

    private final TimelineViewModel viewModel;
    private final TimelineMoves moves;
    private final TimelineView view;
    private final KeySheet keySheet;
    private TimelineDrawer drawer;

    @FXML private AgeLabel age;
    @FXML private VBox notices;
    @FXML private ProblemPanel problem;
    @FXML private Skeleton skeleton;
    @FXML private EmptyState empty;
    @FXML private VBox work;
    @FXML private HBox beside;
    @FXML private StackPane picture;
    @FXML private Label targetUtc;
    @FXML private Label targetLocal;
    @FXML private Label targetNote;
    @FXML private Label notice;
    @FXML private Label get;
    @FXML private Label lose;
    @FXML private Label chain;
    @FXML private Label estimate;
    @FXML private ComboBox<SnapTo> snap;
    @FXML private TextField typed;
    @FXML private Button plan;
    @FXML private ToggleButton fineTune;
    @FXML private ToggleButton events;
    @FXML private ToggleButton finder;

    TimelineController(TimelineViewModel viewModel, KeySheet keySheet) {
        this.viewModel = viewModel;
        this.keySheet = keySheet;
        this.moves = new TimelineMoves(viewModel.state());
        this.view = new TimelineView(viewModel.state(), viewModel.times().zone());
    }

    /** Shows the keys. */
    @FunctionalInterface
    interface KeySheet {
        void show();
    }

    public TimelineViewModel getViewModel() {
        return viewModel;
    }

    TimelineView view() {
        return view;
    }

    @FXML
    private void initialize() {
        view.setActions(this);
        view.setAccessibleText(Messages.text("timeline.accessible"));
        picture.getChildren().add(view);
        age.setLimit(STALE);
        bindStates();
        bindPanel();
        snap.getItems().setAll(SnapTo.values());
        snap.setConverter(new SnapNames());
        snap.setValue(viewModel.state().snapTo());
        snap.valueProperty().addListener((_, _, mode) -> viewModel.snapTo(mode));
        viewModel.getPartial().addListener((ListChangeListener<String>) _ -> showPartial());
        typed.setOnKeyPressed(
                key -> {
                    if (key.getCode() == KeyCode.ESCAPE) {
                        view.requestFocus();
                        key.consume();
                    }
                });
        work.visibleProperty().addListener((_, _, _) -> Platform.runLater(this::begin));
        drawer = new TimelineDrawer(viewModel, beside, picture, view, this::toTarget);
    }

    private void bindStates() {
        problem.problemProperty().bind(viewModel.problemProperty());
        show(skeleton, viewModel.loadingProperty().and(viewModel.loadedProperty().not()));
        show(empty, viewModel.emptyProperty());
        show(work, viewModel.loadedProperty().and(viewModel.emptyProperty().not()));
    }

    private static void show(Node node, javafx.beans.binding.BooleanBinding when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }

    private static void show(Node node, javafx.beans.property.ReadOnlyBooleanProperty when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }

    private void bindPanel() {
        targetUtc.textProperty().bind(viewModel.targetUtcProperty());
        targetLocal.textProperty().bind(viewModel.targetLocalProperty());
        targetNote.textProperty().bind(viewModel.targetNoteProperty());
        notice.textProperty().bind(viewModel.noticeProperty());
        get.textProperty().bind(viewModel.answersProperty().map(Answers::get));
        lose.textProperty().bind(viewModel.answersProperty().map(Answers::lose));
        chain.textProperty().bind(viewModel.answersProperty().map(Answers::chain));
        estimate.textProperty().bind(viewModel.answersProperty().map(Answers::estimate));
        plan.disableProperty().bind(viewModel.planAllowedProperty().not());
        notice.visibleProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> !notice.getText().isEmpty(), notice.textProperty()));
    }

    private void showPartial() {
        notices.getChildren()
                .setAll(
                        viewModel.getPartial().stream()
                                .map(
                                        text -> {
                                            var label = new Label("⚠ " + text);
                                            label.getStyleClass().addAll("timeline-partial");
                                            label.setWrapText(true);
                                            label.setMinHeight(Label.USE_PREF_SIZE);
                                            return label;
                                        })
                                .toList());
    }

    /** To where Enter plans the restore: the picture, or the button where that is not shown. */
    private void toTarget() {
        Node next = view.getScene() == null ? plan : view;
        next.requestFocus();
    }

    /** Opens the drawer with the commits around the marker. */
    void openFineTune() {
        fineTune.setSelected(true);
        onFineTune();
    }

    /** Opens the search for what hurt. */
    void openFinder() {
        finder.setSelected(true);
        onFinder();
    }

    /**
     * Who came before there was anything to see begins where it appears: in the search, or on the
     * picture unless the focus was put elsewhere meanwhile.
     */
    private void begin() {
        if (!work.isVisible() || work.getScene() == null) {
            return;
        }
        Node owner = work.getScene().getFocusOwner();
        if (finder.isSelected()) {
            drawer.focusFinder();
        } else if (owner == null || owner.equals(finder)) {
            view.requestFocus();
        }
    }

    /** Opens the drawer with everything as a table. */
    void openEvents() {
        events.setSelected(true);
        onEvents();
    }

    /** Writes the age as it is now. */
    void tick() {
        age.setAt(viewModel.asOfProperty().get());
        age.update(viewModel.times());
        viewModel.finder().tick();
    }

    @FXML
    private void onRefresh() {
        viewModel.refresh();
    }

    @FXML
    private void onZoomIn() {
        moves.zoom(true);
    }

    @FXML
    private void onZoomOut() {
        moves.zoom(false);
    }

    @FXML
    private void onFit() {
        moves.fitAll();
    }

    @FXML
    private void onKeys() {
        showKeys();
    }

    @FXML
    private void onTyped() {
        if (viewModel.type(typed.getText())) {
            typed.clear();
            view.requestFocus();
        }
    }

    @FXML
    private void onCopy() {
        Copying.copy(viewModel.command());
    }

    @FXML
    private void onPlan() {
        viewModel.plan();
    }

    @FXML
    private void onFineTune() {
        show(fineTune, TimelineDrawer.Page.FINE_TUNE);
    }

    @FXML
    private void onEvents() {
        show(events, TimelineDrawer.Page.EVENTS);
    }

    @FXML
    private void onFinder() {
        show(finder, TimelineDrawer.Page.FINDER);
        if (finder.isSelected()) {
            viewModel.finder().open();
        }
    }

    /** One of the pages at a time, or none. */
    private void show(ToggleButton chosen, TimelineDrawer.Page page) {
        for (ToggleButton button : List.of(fineTune, events, finder)) {
            button.setSelected(button.equals(chosen) && chosen.isSelected());
        }
        drawer.show(chosen.isSelected() ? page : TimelineDrawer.Page.NONE);
    }

    @Override
    public void typeTime() {
        typed.requestFocus();
        typed.selectAll();
    }

    @Override
    public void showKeys() {
        keySheet.show();
    }

    @Override
    public void plan() {
        viewModel.plan();
    }

    private static final class SnapNames extends StringConverter<SnapTo> {
        @Override
        public String toString(SnapTo mode) {
            return mode == null
                    ? ""
                    : switch (mode) {
                        case EVERYTHING -> Messages.text("timeline.snap.everything");
                        case EVENTS -> Messages.text("timeline.snap.events");
                        case GRID -> Messages.text("timeline.snap.grid");
                        case NOTHING -> Messages.text("timeline.snap.nothing");
                    };
        }

        @Override
        public SnapTo fromString(String text) {
            throw new UnsupportedOperationException("nothing is typed here");
        }
    }
}
