package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.ShellWords;
import dev.lifeboat.rescue.TableReport;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.control.Scrolling;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.task.TimeText;

import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.util.List;

/** Binds restore-rescue.fxml to its view model. */
public final class RescueController {
    private final RescueViewModel viewModel;
    private final TimeText times;

    @FXML private VBox card;
    @FXML private Label about;
    @FXML private TextField tables;
    @FXML private Button compare;
    @FXML private Skeleton working;
    @FXML private Label proposed;
    @FXML private Label doubt;
    @FXML private Label when;
    @FXML private VBox results;
    @FXML private FlowPane deeds;
    @FXML private Button missing;
    @FXML private Button changed;
    @FXML private VBox confirm;
    @FXML private Label question;
    @FXML private MonoText command;
    @FXML private Label typedLabel;
    @FXML private TextField typed;
    @FXML private Button yes;

    RescueController(RescueViewModel viewModel, TimeText times) {
        this.viewModel = viewModel;
        this.times = times;
    }

    @FXML
    private void initialize() {
        tables.textProperty().bindBidirectional(viewModel.tablesProperty());
        tables.setAccessibleText(Messages.text("rescue.tables"));
        typed.textProperty().addListener((_, _, text) -> yes.setDisable(!viewModel.names(text)));
        viewModel.tablesProperty().addListener((_, _, _) -> update());
        viewModel.takenProperty().addListener((_, _, _) -> update());
        viewModel.busyProperty().addListener((_, _, busy) -> worked(busy));
        viewModel.getProposed().addListener((ListChangeListener<String>) _ -> update());
        viewModel.allowedProperty().addListener((_, _, _) -> update());
        viewModel.inDoubtProperty().addListener((_, _, _) -> update());
        viewModel.problemProperty().addListener((_, _, _) -> update());
        viewModel.askedProperty().addListener((_, _, _) -> ask());
        viewModel.getReports().addListener((ListChangeListener<TableReport>) _ -> showReports());
        showReports();
        ask();
    }

    /** Leads to the panel. */
    void turnTo() {
        tables.requestFocus();
        Scrolling.reveal(card);
    }

    /** The focus waits in the field while the buttons cannot have it, and goes on from there. */
    private void worked(boolean busy) {
        if (busy && (compare.isFocused() || yes.isFocused() || typed.isFocused())) {
            tables.requestFocus();
        }
        update();
        if (!busy && tables.isFocused()) {
            Platform.runLater(this::goOn);
        }
    }

    private void goOn() {
        for (Button next : List.of(missing, changed)) {
            if (next.isVisible() && deeds.isVisible()) {
                next.requestFocus();
                break;
            }
        }
        Scrolling.reveal(card);
    }

    /** Everything but the reports and the question. */
    private void update() {
        boolean something = viewModel.isBusy() || !viewModel.getReports().isEmpty();
        show(card, viewModel.allowedProperty().get() || something || viewModel.isInDoubt());
        about.setText(
                viewModel
                        .live()
                        .map(live -> Messages.text("rescue.about", live))
                        .orElse(Messages.text("rescue.nowhere")));
        compare.setDisable(!viewModel.canCompare());
        show(proposed, !viewModel.getProposed().isEmpty() && viewModel.getReports().isEmpty());
        proposed.setText(
                Messages.text("rescue.proposed", String.join(", ", viewModel.getProposed())));
        show(working, viewModel.isBusy());
        working.setText(
                viewModel.isInDoubt()
                        ? Messages.text("rescue.writing", viewModel.live().orElse(""))
                        : Messages.text("rescue.working"));
        show(doubt, viewModel.isInDoubt() && !viewModel.isBusy());
        doubt.setText(
                viewModel.isInDoubt() ? Messages.text("rescue.doubt", viewModel.scripts()) : "");
        boolean one = viewModel.canBring(RescueViewModel.Deed.MISSING);
        boolean both = viewModel.canBring(RescueViewModel.Deed.MISSING_AND_CHANGED);
        show(missing, one);
        show(changed, both);
        show(deeds, (one || both) && viewModel.askedProperty().get() == null);
    }

    private void showReports() {
        results.getChildren()
                .setAll(viewModel.getReports().stream().map(RescueTable::new).toList());
        boolean done =
                viewModel.getReports().stream().anyMatch(report -> report.applied().isPresent());
        show(when, !viewModel.getReports().isEmpty() && !done);
        when.setText(Messages.text("rescue.when", times.both(viewModel.comparedAt())));
        update();
    }

    private void ask() {
        boolean open = viewModel.question().isPresent();
        show(confirm, open);
        typed.clear();
        typedLabel.setText(Messages.text("rescue.typed", viewModel.live().orElse("")));
        typed.setAccessibleText(typedLabel.getText());
        typed.setPromptText(viewModel.live().orElse(""));
        typed.setPrefColumnCount(viewModel.live().orElse("").length() + 2);
        yes.setDisable(true);
        question.setText(viewModel.question().orElse(""));
        command.setText(
                viewModel.askedCommand().map(w -> "lifeboat " + ShellWords.line(w)).orElse(""));
        yes.setText(Messages.text("rescue.yes", viewModel.live().orElse("")));
        update();
        if (open) {
            typed.requestFocus();
            Platform.runLater(() -> Scrolling.reveal(confirm)); // once it was laid out
        }
    }

    @FXML
    private void onCompare() {
        viewModel.compare();
    }

    @FXML
    private void onMissing() {
        viewModel.ask(RescueViewModel.Deed.MISSING);
    }

    @FXML
    private void onChanged() {
        viewModel.ask(RescueViewModel.Deed.MISSING_AND_CHANGED);
    }

    @FXML
    private void onYes() {
        viewModel.confirm(typed.getText());
    }

    @FXML
    private void onNo() {
        viewModel.leave();
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    public RescueViewModel getViewModel() {
        return viewModel;
    }
}
