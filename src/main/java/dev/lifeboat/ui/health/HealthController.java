package dev.lifeboat.ui.health;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.AgeLabel;
import dev.lifeboat.ui.control.CardGrid;
import dev.lifeboat.ui.control.Glyph;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.theme.Role;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.util.Arrays;

/** Binds health.fxml to its view model. */
public final class HealthController {
    private final HealthViewModel model;
    private final HealthParts parts;
    @FXML private AgeLabel age;
    @FXML private ProblemPanel problem;
    @FXML private HBox verdictRow;
    @FXML private Glyph verdictGlyph;
    @FXML private Label verdict;
    @FXML private CardGrid answers;
    @FXML private VBox regions;
    @FXML private Label troublesTitle;
    @FXML private VBox troubles;
    @FXML private ToggleButton showWell;
    @FXML private VBox well;
    @FXML private Skeleton skeleton;
    @FXML private ScrollPane scroll;
    @FXML private Button timeline;

    HealthController(HealthViewModel model) {
        this.model = model;
        this.parts = new HealthParts();
    }

    /** Read by the bindings of health.fxml. */
    public HealthViewModel getModel() {
        return model;
    }

    @FXML
    void initialize() {
        problem.problemProperty().bind(model.problemProperty());
        problem.withAction(Messages.text("catalog.again"), model::refresh);
        well.visibleProperty().bind(showWell.selectedProperty());
        well.managedProperty().bind(showWell.selectedProperty());
        skeleton.visibleProperty()
                .bind(model.summaryProperty().isNull().and(model.loadingProperty()));
        scroll.visibleProperty().bind(model.summaryProperty().isNotNull());
        boolean hasTimeline = model.context().navigator().has(Destination.TIMELINE);
        timeline.setVisible(hasTimeline);
        timeline.setManaged(hasTimeline);
        model.summaryProperty().addListener((_, _, now) -> show(now));
        model.problemProperty().addListener((_, _, _) -> tick());
        if (model.getSummary() != null) {
            show(model.getSummary());
        }
    }

    /** A verdict that could not be renewed is told as what was read then, and is never green. */
    private void showVerdict(HealthSummary summary) {
        boolean outdated = model.isOutdated();
        Role role = outdated && summary.role() == Role.OK ? Role.WARN : summary.role();
        Arrays.stream(Role.values())
                .forEach(each -> verdictRow.getStyleClass().remove(each.styleClass()));
        verdictRow.getStyleClass().add(role.styleClass());
        verdictGlyph.setLiteral(role.glyph());
        verdict.setText(
                outdated
                        ? Messages.text(
                                "health.then",
                                model.context().times().both(summary.at()),
                                summary.verdict())
                        : summary.verdict());
    }

    private void show(HealthSummary summary) {
        answers.setCards(summary.answers().stream().map(AnswerCard::of).toList());
        regions.getChildren().setAll(parts.regions(summary.regions()));
        var bad = summary.findings().stream().filter(line -> line.role() != Role.OK).toList();
        var good = summary.findings().stream().filter(line -> line.role() == Role.OK).toList();
        troublesTitle.setText(
                bad.isEmpty()
                        ? Messages.text("health.noTroubles")
                        : Messages.count("health.troubles", bad.size()));
        troubles.getChildren().setAll(bad.stream().map(parts::finding).toList());
        showWell.setText(Messages.count("health.well", good.size()));
        showWell.setVisible(!good.isEmpty());
        well.getChildren().setAll(good.stream().map(parts::finding).toList());
        tick();
    }

    /** The age, as it is now. */
    void tick() {
        HealthSummary summary = model.getSummary();
        age.setAt(summary == null ? null : summary.at());
        age.update(model.context().times());
        if (summary != null) {
            showVerdict(summary);
        }
        if (summary != null && !model.isLoading()) {
            model.keepFresh();
        }
    }

    @FXML
    void refresh() {
        model.refresh();
    }

    @FXML
    void openTimeline() {
        model.context().navigator().open(Destination.TIMELINE);
    }
}
