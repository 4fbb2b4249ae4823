package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.ShellWords;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.handover.HandoverRequest;
import dev.lifeboat.restore.handover.OldServer;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.control.Scrolling;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

import java.util.List;

/** Binds restore-handover.fxml to its view model. */
public final class HandoverController {
    private final HandoverViewModel viewModel;
    private final RunViewModel run;
    private final TimeText times;

    @FXML private VBox card;
    @FXML private Label about;
    @FXML private VBox asking;
    @FXML private StatusBadge fence;
    @FXML private Label seen;
    @FXML private Skeleton looking;
    @FXML private Button look;
    @FXML private VBox attest;
    @FXML private TextField fencedBy;
    @FXML private TextField listen;
    @FXML private TextField port;
    @FXML private Label written;
    @FXML private RadioButton archiveOn;
    @FXML private RadioButton archiveOff;
    @FXML private Label open;
    @FXML private MonoText command;
    @FXML private TextField typed;
    @FXML private Button begin;
    @FXML private Button later;
    @FXML private VBox result;

    HandoverController(HandoverViewModel viewModel, RunViewModel run, TimeText times) {
        this.viewModel = viewModel;
        this.run = run;
        this.times = times;
    }

    @FXML
    private void initialize() {
        looking.setText(Messages.text("handover.looking"));
        listen.textProperty().bindBidirectional(viewModel.listenProperty());
        port.textProperty().bindBidirectional(viewModel.portProperty());
        fencedBy.textProperty().bindBidirectional(viewModel.fencedByProperty());
        listen.setAccessibleText(Messages.text("handover.listen"));
        port.setAccessibleText(Messages.text("handover.port"));
        fencedBy.setAccessibleText(Messages.text("handover.fencedBy"));
        typed.setAccessibleText(Messages.text("run.confirm.id"));
        var choice = new ToggleGroup();
        archiveOn.setToggleGroup(choice);
        archiveOff.setToggleGroup(choice);
        archiveOn.setOnAction(_ -> viewModel.archiveProperty().set(true));
        archiveOff.setOnAction(_ -> viewModel.archiveProperty().set(false));
        InvalidationListener changed = _ -> update();
        for (Observable each :
                List.of(
                        viewModel.phaseProperty(),
                        viewModel.oldProperty(),
                        viewModel.lookingProperty(),
                        viewModel.listenProperty(),
                        viewModel.portProperty(),
                        viewModel.fencedByProperty(),
                        viewModel.archiveProperty(),
                        typed.textProperty(),
                        run.busyProperty())) {
            each.addListener(changed);
        }
        viewModel.phaseProperty().addListener((_, _, _) -> typed.clear());
        update();
    }

    /** Leads to what is to be settled first. */
    void turnTo() {
        Node first = viewModel.asksForName() ? fencedBy : listen.isDisabled() ? archiveOn : listen;
        first.requestFocus();
        Scrolling.reveal(card);
    }

    /** The journal went on. */
    void update() {
        // getting a value is what lets a property tell of its next change
        HandoverViewModel.Phase phase = viewModel.phaseProperty().get();
        show(card, phase != HandoverViewModel.Phase.ABSENT);
        show(asking, phase == HandoverViewModel.Phase.ASKING);
        updateResult(phase, viewModel.view());
        if (phase == HandoverViewModel.Phase.ASKING) {
            about.setText(
                    Messages.text(viewModel.promotes() ? "handover.promotes" : "handover.about"));
            updateFence();
            updateSettings((PhysicalPlan) viewModel.view().plan());
            updateEnd();
        } else {
            about.setText(Messages.text("handover.steps"));
        }
    }

    private void updateFence() {
        OldServer old = viewModel.getOld();
        boolean known = viewModel.fenced().isPresent();
        Role role = role(old, known);
        fence.show(role, word(role));
        seen.setText(
                viewModel
                        .fenced()
                        .map(HandoverSteps::fence)
                        .orElseGet(
                                () ->
                                        old == null
                                                ? ""
                                                : Messages.text(
                                                        "handover.seen",
                                                        old.seen(),
                                                        times.both(viewModel.lookedAt()))));
        show(seen, !seen.getText().isEmpty());
        show(looking, viewModel.isLooking());
        show(look, !known);
        look.setDisable(viewModel.isLooking());
        show(attest, viewModel.asksForName());
    }

    private static Role role(OldServer old, boolean known) {
        if (known) {
            return Role.OK;
        }
        if (old == null) {
            return Role.INFO;
        }
        return switch (old.state()) {
            case UNREACHABLE -> Role.OK;
            case TAKES_WRITES -> Role.DANGER;
            case UNKNOWN -> Role.WARN;
        };
    }

    private static String word(Role role) {
        return switch (role) {
            case OK -> Messages.text("check.ok");
            case DANGER -> Messages.text("check.blocked");
            case WARN -> Messages.text("handover.unknown");
            default -> Messages.text("check.open");
        };
    }

    private void updateSettings(PhysicalPlan plan) {
        boolean fixed = viewModel.written().isPresent();
        listen.setDisable(fixed);
        port.setDisable(fixed);
        show(written, fixed);
        listen.setPromptText(viewModel.written("listen").orElse(HandoverRequest.LOCAL));
        port.setPromptText(
                viewModel.written("port").orElseGet(() -> Integer.toString(plan.port())));
        Boolean archive = viewModel.archiveProperty().get();
        archiveOn.setSelected(Boolean.TRUE.equals(archive));
        archiveOff.setSelected(Boolean.FALSE.equals(archive));
    }

    private void updateEnd() {
        List<String> left = viewModel.blockers();
        open.setText(Messages.text("handover.open", String.join(" ", left)));
        show(open, !left.isEmpty());
        command.setText("lifeboat " + ShellWords.line(viewModel.command()));
        typed.setPromptText(viewModel.view().id());
        typed.setPrefColumnCount(viewModel.view().id().length() + 2);
        begin.setDisable(!viewModel.mayBegin(typed.getText()));
        show(later, viewModel.fenced().isEmpty());
    }

    private void updateResult(HandoverViewModel.Phase phase, RestoreView view) {
        boolean begun = view != null && viewModel.fenced().isPresent();
        boolean shown = begun && phase != HandoverViewModel.Phase.ABSENT;
        show(result, shown);
        Object key = shown ? List.of(HandoverSteps.of(view), view.state()) : "";
        if (!key.equals(result.getUserData())) {
            result.setUserData(key);
            result.getChildren().setAll(shown ? List.of(new HandoverResult(view)) : List.of());
        }
    }

    @FXML
    private void onLook() {
        viewModel.look();
    }

    @FXML
    private void onBegin() {
        viewModel.handOver(typed.getText());
    }

    @FXML
    private void onLater() {
        viewModel.leave();
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    public HandoverViewModel getViewModel() {
        return viewModel;
    }
}
