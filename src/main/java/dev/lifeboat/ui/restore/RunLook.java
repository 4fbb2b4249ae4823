package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.task.TaskRunner;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.util.List;
import java.util.Optional;

/** What was found in a restored copy, and what can be asked of it. */
final class RunLook {
    private final RunViewModel viewModel;
    private final ScreenContext context;
    private final VBox findings;
    private final FlowPane questions;
    private final TextField query;
    private final VBox answer;
    private TaskRunner.Running asking = () -> {};

    RunLook(
            RunViewModel viewModel,
            ScreenContext context,
            VBox findings,
            FlowPane questions,
            TextField query,
            VBox answer) {
        this.viewModel = viewModel;
        this.context = context;
        this.findings = findings;
        this.questions = questions;
        this.query = query;
        this.answer = answer;
    }

    /** The findings and what can be asked of them; made anew only when there are others. */
    void update(RestoreView view) {
        Object key =
                List.of(
                        view.id(),
                        view.checks(),
                        view.promotedSinceChecked(),
                        viewModel.before(),
                        view.connection());
        if (key.equals(findings.getUserData())) {
            return;
        }
        findings.setUserData(key);
        List<Findings.Row> rows = Findings.of(view, viewModel.before());
        findings.setVisible(!rows.isEmpty());
        findings.setManaged(!rows.isEmpty());
        List<Node> found =
                rows.isEmpty()
                        ? List.of()
                        : List.of(
                                new FindingsPanel(
                                        rows,
                                        Findings.when(view, context.times()),
                                        viewModel.before(),
                                        context.times()));
        findings.getChildren().setAll(found);
        questions.getChildren().clear();
        context.services().queries().forEach(own -> offer(own.name(), own.sql()));
        Findings.newest(view)
                .forEach((table, sql) -> offer(Messages.text("run.look.newest", table), sql));
    }

    private void offer(String label, String sql) {
        var button = new Button(label);
        button.setMnemonicParsing(false); // names of tables have underscores
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(
                _ -> {
                    query.setText(sql);
                    ask();
                });
        questions.getChildren().add(button);
    }

    /** Asks what is typed; what was asked before is answered no more. */
    void ask() {
        Optional<String> uri = viewModel.getView().connection();
        if (uri.isEmpty() || query.getText().isBlank()) {
            return;
        }
        String sql = query.getText();
        asking.cancel();
        answer.getChildren().setAll(new Skeleton(2));
        asking =
                context.tasks()
                        .run(
                                cancel -> context.services().look(uri.get(), sql, cancel),
                                given -> answer.getChildren().setAll(new AnswerTable(given)),
                                cause -> answer.getChildren().setAll(new ProblemPanel(cause)));
    }

    /** Another restore is shown: what was asked of this one is not its answer. */
    void forget() {
        asking.cancel();
        query.clear();
        answer.getChildren().clear();
    }
}
