package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.control.Copying;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.control.WrappingFlow;
import dev.lifeboat.ui.timeline.TimelineSource;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Binds restore-run.fxml to its view model. */
public final class RunController {
    private final RunViewModel viewModel;
    private final ScreenContext context;
    private final Runnable back;
    private final RunText text;

    @FXML private Label title;
    @FXML private StatusBadge state;
    @FXML private Label age;
    @FXML private Skeleton skeleton;
    @FXML private VBox content;
    @FXML private WrappingFlow facts;
    @FXML private ProblemPanel failure;
    @FXML private FlowPane stages;
    @FXML private ProgressBar progress;
    @FXML private Label progressText;
    @FXML private VBox replay;
    @FXML private VBox findings;
    @FXML private FlowPane questions;
    @FXML private VBox pausedCard;
    @FXML private Label pausedTitle;
    @FXML private MonoText connection;
    @FXML private ComboBox<TargetKind> advanceKind;
    @FXML private TextField advanceValue;
    @FXML private CheckBox advanceExclusive;
    @FXML private Button advance;
    @FXML private VBox timeline;
    @FXML private VBox lookCard;
    @FXML private TextField query;
    @FXML private VBox answer;
    @FXML private VBox panels;
    @FXML private VBox decisions;
    @FXML private FlowPane actions;
    @FXML private VBox confirmCard;
    @FXML private Label confirmText;
    @FXML private TextField confirmTyped;
    @FXML private Button confirmYes;
    @FXML private Button confirmNo;
    @FXML private ComboBox<LogLine.Level> level;
    @FXML private TextField filter;
    @FXML private CheckBox followLog;
    @FXML private Label journal;
    @FXML private ListView<LogLine> log;
    private final RunPanels beside;
    private LogPane logPane;
    private RunLook look;
    private RunQuestion question;
    private RunBar bar;

    RunController(
            RunViewModel viewModel, ScreenContext context, TimelineSource source, Runnable back) {
        this.viewModel = viewModel;
        this.context = context;
        this.back = back;
        this.text = new RunText(context.times());
        this.beside = new RunPanels(viewModel, context, source);
    }

    @FXML
    private void initialize() {
        look = new RunLook(viewModel, context, findings, questions, query, answer);
        logPane = new LogPane(log, viewModel.getLog(), level, filter, followLog);
        advanceKind
                .getItems()
                .setAll(
                        TargetKind.TIME,
                        TargetKind.LATEST,
                        TargetKind.XID,
                        TargetKind.LSN,
                        TargetKind.NAME);
        advanceKind.setConverter(Words.shown(Words::kind));
        advanceKind.setValue(TargetKind.TIME);
        advanceKind.setAccessibleText(Messages.text("run.advance.kind"));
        advanceValue.setAccessibleText(Messages.text("run.advance.value"));
        advanceValue
                .disableProperty()
                .bind(advanceKind.valueProperty().isEqualTo(TargetKind.LATEST));
        advanceExclusive
                .disableProperty()
                .bind(advanceKind.valueProperty().map(one -> !TargetChoice.mayExclude(one)));
        advance.disableProperty().bind(viewModel.busyProperty().isNotEmpty());
        query.setAccessibleText(Messages.text("run.look"));
        viewModel.viewProperty().addListener((_, _, now) -> update(now));
        viewModel
                .problemProperty()
                .addListener((_, _, now) -> show(skeleton, now == null && !content.isVisible()));
        question =
                new RunQuestion(
                        viewModel,
                        text,
                        new RunQuestion.Parts(
                                confirmCard, confirmText, confirmTyped, confirmYes, confirmNo));
        bar =
                new RunBar(
                        viewModel,
                        new RunBar.Ways(beside::bringBack, beside::handOver, this::copyStatus),
                        actions,
                        question);
        timeline.getChildren().setAll(beside.timeline());
        panels.getChildren().setAll(beside.nodes());
        update(null);
    }

    /** Shows what is known now. A null between two views changes nothing. */
    private void update(RestoreView view) {
        if (view == null) {
            boolean another = !viewModel.id().equals(title.getUserData());
            if (another) {
                title.setText(Messages.text("run.title", viewModel.id()));
                title.setUserData(viewModel.id());
                show(content, false);
                show(decisions, false);
                show(skeleton, true);
                look.forget();
                bar.forget();
                forgetTheAdvance();
            }
            return;
        }
        show(skeleton, false);
        show(content, true);
        show(decisions, true);
        state.show(Words.role(view.state()), Words.state(view.state()));
        facts.getChildren().setAll(RunFacts.of(view, text, now()));
        viewModel.failure().ifPresentOrElse(failure::setProblem, () -> failure.setProblem(null));
        updateProgress(view);
        updatePaused(view);
        bar.update(view);
        beside.show(view);
        journal.setText(context.services().folder(view.id()).resolve("journal.jsonl").toString());
    }

    /** What was typed for another copy leads this one nowhere. */
    private void forgetTheAdvance() {
        advanceKind.setValue(TargetKind.TIME);
        advanceValue.clear();
        advanceExclusive.setSelected(false);
    }

    private void updateProgress(RestoreView view) {
        List<RunStages.Row> rows = RunStages.of(view, viewModel.sample());
        stages.getChildren()
                .setAll(rows.stream().map(row -> new StageChip(row, view.plan())).toList());
        boolean running = view.state() == RestoreState.RUNNING;
        OptionalDouble share = share(rows);
        progress.setProgress(share.orElse(0));
        show(progress, running && share.isPresent());
        String words =
                viewModel.sample().map(s -> text.progress(s, viewModel.pace(), now())).orElse("");
        String under = RunText.inFlight(viewModel.sample());
        String replayed = text.replayed(viewModel.sample()).orElse("");
        progressText.setText(
                Stream.of(words, under, replayed)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("\n")));
        show(progressText, running && !progressText.getText().isEmpty());
        replay.getChildren()
                .setAll(
                        ReplayLine.of(view.plan(), viewModel.sample()).stream()
                                .map(line -> new ReplayBar(line, context.times()))
                                .toList());
        show(replay, running && !replay.getChildren().isEmpty());
    }

    /** How much of the stage under way is done; empty where nothing can be counted. */
    private static OptionalDouble share(List<RunStages.Row> rows) {
        return rows.stream()
                .filter(row -> row.standing() == RunStages.Standing.RUNNING)
                .flatMap(row -> row.fraction().stream())
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    private void updatePaused(RestoreView view) {
        look.update(view);
        Optional<Instant> paused = text.pausedSince(view);
        show(pausedCard, paused.isPresent());
        show(lookCard, view.connection().isPresent());
        paused.ifPresent(
                since ->
                        pausedTitle.setText(
                                Messages.text("run.paused", context.times().ago(since))));
        view.connection().ifPresent(uri -> connection.setText("psql '" + uri + "'"));
        age.setText(
                view.startedAt()
                        .map(at -> Messages.text("restore.row.started", context.times().ago(at)))
                        .orElse(""));
    }

    @FXML
    private void onConfirmNo() {
        question.leave();
    }

    @FXML
    private void onAdvance() {
        viewModel.advance(
                advanceKind.getValue(), advanceValue.getText(), advanceExclusive.isSelected());
    }

    @FXML
    private void onLook() {
        look.ask();
    }

    private void copyStatus() {
        Copying.copy(text.status(viewModel.getView(), viewModel.sample(), viewModel.pace(), now()));
        context.notices().done(Messages.text("run.copied"));
    }

    @FXML
    private void onCopyLog() {
        Copying.copy(logPane.text());
        context.notices().done(Messages.text("run.log.copied"));
    }

    @FXML
    private void onBack() {
        back.run();
    }

    private Instant now() {
        return context.times().clock().instant();
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    public RunViewModel getViewModel() {
        return viewModel;
    }
}
