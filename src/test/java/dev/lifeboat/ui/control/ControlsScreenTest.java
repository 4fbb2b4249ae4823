package dev.lifeboat.ui.control;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.controlsfx.control.MasterDetailPane;
import org.controlsfx.control.SegmentedButton;
import org.controlsfx.control.StatusBar;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

class ControlsScreenTest extends ScreenPictures {
    private static final Instant NOW = Instant.parse("2026-11-23T03:56:23Z");
    private static final TimeText TIMES =
            new TimeText(Clock.fixed(NOW, ZoneOffset.UTC), ZoneId.of("Europe/Rome"));

    @Override
    protected String screen() {
        return "controls";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        return Map.of("ours", ControlsScreenTest::ours, "theirs", ControlsScreenTest::theirs);
    }

    private static Parent ours() {
        var badges = new FlowPane(12, 8);
        for (Role role : Role.values()) {
            badges.getChildren()
                    .add(new StatusBadge(role, role.name().toLowerCase(Locale.ROOT)).framed());
        }
        var age = new AgeLabel();
        age.setAt(NOW.minusSeconds(3000));
        age.update(TIMES);
        var title = new Label("Heading of a screen 0O 1lI");
        title.getStyleClass().add("h1");
        var problem =
                new Problem(
                        ProblemCode.CREDENTIALS_EXPIRED,
                        "The credentials of the profile 'prod-ro' expired 4 minutes ago.",
                        "The bucket mockupaws-backups-prod answered ExpiredToken.",
                        "Run aws sso login --profile prod-ro, then try again.");
        var screen =
                new VBox(
                        title,
                        badges,
                        new HBox(20, new TimeLabel(TIMES, NOW), age),
                        new ProblemPanel(problem).withAction("Try again", () -> {}),
                        new ProblemPanel(problem).asWarning(),
                        new Skeleton(3),
                        new MonoText("0/5B000A48"),
                        MonoText.block(
                                "lifeboat restore latest --target-time 2026-11-23T02:52:07Z --into /var/lib/postgresql/15/restored"),
                        new EmptyState(
                                "mdi2a-archive-off-outline",
                                "No backups yet",
                                "Nothing was found below orders/ in either region. Take the first one."));
        screen.getStyleClass().add("screen");
        return screen;
    }

    private static Parent theirs() {
        var master = new MasterDetailPane();
        master.setMasterNode(new Label("master"));
        master.setDetailNode(new Label("detail"));
        var bar = new StatusBar();
        bar.setText("status");
        var segmented = new SegmentedButton();
        for (String word : new String[] {"All", "Base", "Full"}) {
            segmented.getButtons().add(new javafx.scene.control.ToggleButton(word));
        }
        var field = new TextField();
        field.setPromptText("Filter");
        var choice = new ComboBox<String>();
        choice.getItems().add("orders-prod");
        choice.getSelectionModel().selectFirst();
        var disabled = new Button("Restore");
        disabled.setDisable(true);
        var screen =
                new VBox(
                        new HBox(
                                12, new Button("Restore"), disabled, new CheckBox("Only verified")),
                        new HBox(12, field, choice, segmented),
                        master,
                        bar);
        screen.getStyleClass().add("screen");
        return screen;
    }
}
