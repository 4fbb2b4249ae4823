package dev.lifeboat.ui.restore;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.ShellWords;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.control.Scrolling;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.task.TimeText;

import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Binds restore-plan.fxml to its view model. */
public final class PlanController {
    private final PlanViewModel viewModel;
    private final TimeText times;
    private final Runnable back;
    private final BiConsumer<Mend, Problem> correcting;

    @FXML private VBox mends;
    @FXML private Skeleton skeleton;
    @FXML private VBox facts;
    @FXML private VBox checks;
    @FXML private HBox counts;
    @FXML private Label age;
    @FXML private VBox rows;
    @FXML private VBox startBar;
    @FXML private Label stake;
    @FXML private TextField typed;
    @FXML private Button start;
    @FXML private Label hindrance;
    @FXML private Button showHindrance;
    private String name = "";
    private boolean settling;

    /**
     * @param correcting leads to the form, to what a mend changes there, with what it must mend
     */
    PlanController(
            PlanViewModel viewModel,
            TimeText times,
            Runnable back,
            BiConsumer<Mend, Problem> correcting) {
        this.viewModel = viewModel;
        this.times = times;
        this.back = back;
        this.correcting = correcting;
    }

    @FXML
    private void initialize() {
        skeleton.setText(Messages.text("plan.planning"));
        typed.textProperty().bindBidirectional(viewModel.typedProperty());
        hindrance.textProperty().bind(viewModel.hindranceProperty());
        viewModel.hindranceProperty().addListener((_, _, _) -> offerHindrance());
        viewModel.planProperty().addListener((_, _, _) -> showPlan());
        viewModel.loadingProperty().addListener((_, _, _) -> showPlan());
        viewModel.getItems().addListener((ListChangeListener<CheckItem>) _ -> showItems());
        viewModel.problemProperty().addListener((_, _, _) -> showMend());
        viewModel
                .getPreparation()
                .busyProperty()
                .addListener((_, _, busy) -> settling = busy ? holdsFocus() : settling);
        rows.disableProperty().bind(viewModel.getPreparation().busyProperty());
        showPlan();
        showItems();
        showMend();
        offerHindrance();
    }

    /** What can be done about the problem, below it. */
    private void showMend() {
        mends.getChildren()
                .setAll(
                        viewModel.mend().stream()
                                .map(mend -> new MendRow(mend, () -> mend(mend)))
                                .toList());
        show(mends, !mends.getChildren().isEmpty());
    }

    private void mend(Mend mend) {
        correct(mend, viewModel.getProblem());
    }

    private void correct(Mend mend, Problem hindrance) {
        switch (mend.kind()) {
            case DIRECTORY, PORT -> correcting.accept(mend, hindrance);
            case BOTH_REGIONS -> viewModel.takeFrom("auto");
            case DR_ALONE -> viewModel.takeFrom("dr");
            case COMMAND -> {} // it is shown, to be run by somebody
        }
    }

    private void showPlan() {
        RestorePlan plan = viewModel.getPlan();
        show(skeleton, plan == null && viewModel.isLoading());
        show(checks, plan != null);
        show(startBar, plan != null);
        facts.getChildren().clear();
        if (plan == null) {
            return;
        }
        showCommand(plan);
        boolean asks = plan.confirm().isPresent();
        show(typed, asks);
        show(stake, plan.stake().isPresent());
        stake.setText(plan.stake().orElse(""));
        typed.setPromptText(Messages.text("plan.type", plan.confirm().orElse("")));
        typed.setAccessibleText(typed.getPromptText());
        start.setText(Messages.text(asks ? "plan.start.over" : "plan.start"));
    }

    private void showCommand(RestorePlan plan) {
        facts.getChildren()
                .setAll(
                        PlanFacts.of(
                                plan,
                                "lifeboat " + ShellWords.line(viewModel.command()),
                                times,
                                viewModel.isDirectoryInUse()));
    }

    private void showItems() {
        List<Node> nodes = new ArrayList<>();
        for (CheckItem item : viewModel.getItems()) {
            nodes.add(row(item));
        }
        boolean atWork = holdsFocus() || settling;
        settling = false;
        rows.getChildren().setAll(nodes);
        if (atWork) {
            Platform.runLater(this::focusWhatIsNext);
        }
        counts.getChildren().clear();
        for (CheckItem.State state : CheckItem.State.values()) {
            long count =
                    viewModel.getItems().stream().filter(item -> item.state() == state).count();
            if (count > 0) {
                counts.getChildren()
                        .add(new StatusBadge(Words.role(state), count + " " + Words.check(state)));
            }
        }
        if (viewModel.getPlan() != null) {
            showCommand(viewModel.getPlan());
        }
        updateAge();
    }

    private boolean holdsFocus() {
        Node at = rows.getScene() == null ? null : rows.getScene().getFocusOwner();
        while (at != null && !at.equals(rows)) {
            at = at.getParent();
        }
        return at != null;
    }

    /** Who settles one item after the other needs no mouse in between. */
    private void focusWhatIsNext() {
        Node next = whatIsNext().orElse(start);
        next.requestFocus();
        Scrolling.reveal(next);
    }

    private void offerHindrance() {
        show(showHindrance, viewModel.isHinderedByItems());
    }

    private Optional<Node> whatIsNext() {
        return Optional.<Node>ofNullable(rows.lookup(".mend-button"))
                .or(() -> Optional.ofNullable(rows.lookup(".text-field")));
    }

    @FXML
    private void onShowHindrance() {
        whatIsNext().ifPresent(Node::requestFocus);
        whatIsNext().ifPresent(Scrolling::reveal);
    }

    private CheckRow row(CheckItem item) {
        var row = new CheckRow(item, name, words -> settle(item, words), help(item));
        viewModel.saidAt(item).ifPresent(row::said);
        viewModel.mend(item).ifPresent(mend -> row.add(new MendRow(mend, () -> mend(mend, item))));
        beside(item).ifPresent(row::add);
        return row;
    }

    /** The work that can be done for who vouches for an item. */
    private Optional<CheckRow.Help> help(CheckItem item) {
        Preparation preparation = viewModel.getPreparation();
        return switch (item.id()) {
            case Preparation.STATE ->
                    help("prepare.document", typed -> preparation.document(named(typed)));
            case Preparation.TEAM ->
                    preparation.tellsTeam()
                            ? help(
                                    "prepare.tell",
                                    typed -> preparation.tell(viewModel.getPlan(), named(typed)))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<CheckRow.Help> help(String key, Consumer<String> with) {
        return Optional.of(new CheckRow.Help(Messages.text(key), with));
    }

    /** The message to the team while it is to be told; what was written down once it is. */
    private Optional<Node> beside(CheckItem item) {
        Preparation preparation = viewModel.getPreparation();
        RestorePlan plan = viewModel.getPlan();
        if (item.id().equals(Preparation.TEAM)
                && item.state() == CheckItem.State.OPEN
                && plan != null) {
            return Optional.of(MonoText.block(preparation.message(plan)));
        }
        return item.id().equals(Preparation.STATE)
                ? preparation.summary().map(PlanController::caption)
                : Optional.empty();
    }

    private static Label caption(String text) {
        var label = new Label(text);
        label.getStyleClass().add("caption");
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }

    /** The form tells what the item said. */
    private void mend(Mend mend, CheckItem item) {
        correct(
                mend,
                new Problem(
                        ProblemCode.CHECKLIST_BLOCKED,
                        Messages.text("mend.what", Words.item(item.id())),
                        Messages.text("check.measured", item.measured(), item.needed()),
                        item.remedy()));
    }

    private void settle(CheckItem item, String words) {
        if (item.kind() == CheckItem.Kind.HUMAN) {
            viewModel.attest(item.id(), named(words));
        } else {
            viewModel.override(item.id(), words);
        }
    }

    /** Who vouches for one item is likely to vouch for the next. */
    private String named(String typed) {
        name = typed;
        return typed;
    }

    /** Writes how old the measurements are; called again while it is shown. */
    void updateAge() {
        age.setText(
                viewModel
                        .measuredAt()
                        .map(at -> Messages.text("plan.measured", times.ago(at)))
                        .orElse(""));
        rows.setOpacity(viewModel.isStale() ? 0.6 : 1);
    }

    @FXML
    private void onBack() {
        viewModel.cancel();
        back.run();
    }

    @FXML
    private void onPlanAgain() {
        viewModel.planAgain();
    }

    @FXML
    private void onMeasure() {
        viewModel.measureAgain();
    }

    @FXML
    private void onStart() {
        viewModel.start();
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    public PlanViewModel getViewModel() {
        return viewModel;
    }
}
