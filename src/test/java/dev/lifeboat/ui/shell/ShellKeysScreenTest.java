package dev.lifeboat.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.settings.Classification;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FixedLook;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.FxWatchdog;
import dev.lifeboat.ui.catalog.SampleCatalog;
import dev.lifeboat.ui.health.SampleHealth;
import dev.lifeboat.ui.restore.RestoreSights;
import dev.lifeboat.ui.task.FakeProfiles;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.theme.Theming;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.controlsfx.control.MasterDetailPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The shell by keyboard alone, on a window that has the focus. */
class ShellKeysScreenTest {
    private final FxRobot robot = new FxRobot();
    private final List<Destination> visited = new ArrayList<>();
    private final FakeServices services = new FakeServices();
    private Stage stage;
    private Shell shell;

    @BeforeEach
    void open() {
        services.profile = FakeServices.profileOf(Classification.PRODUCTION);
        services.health = SampleHealth.troubled();
        services.catalog = SampleCatalog.of(40, Map.of());
        services.manifest = SampleCatalog.manifest();
        FxToolkit.onFx(this::show);
        FxToolkit.settle();
    }

    private void show() {
        shell =
                new Shell(
                        new Shell.Parts(
                                services,
                                new TaskRunner(Runnable::run, Platform::runLater),
                                Ticker.still(),
                                FakeServices.TIMES,
                                new FakeProfiles(services),
                                List.of("orders-prod"),
                                _ -> {},
                                visited::add,
                                new FixedLook(ThemeMode.DARK, FontScale.P100),
                                new LogLines()));
        var scene = new Scene(shell.root(), 980, 760);
        Theming.apply(scene, ThemeMode.DARK, FontScale.P100);
        shell.actions().install(scene);
        stage = new Stage();
        stage.setScene(scene);
        stage.show();
        stage.requestFocus();
        shell.activate(Destination.HEALTH);
    }

    @AfterEach
    void close() {
        FxToolkit.onFx(stage::hide);
    }

    @Test
    void leadsToScreensByNumberWithoutKeepingTheFxThread() {
        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).type(KeyCode.DIGIT1);
        robot.release(KeyCode.CONTROL);
        FxToolkit.settle();
        try (var watchdog = new FxWatchdog()) {
            robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).release(KeyCode.CONTROL);
            FxToolkit.settle();

            assertThat(visited).last().isEqualTo(Destination.CATALOG);
            assertThat(watchdog.findings()).isEmpty();
        }
    }

    @Test
    void aScreenKnowsThePlacesItLeadsTo() {
        robot.clickOn("Open the timeline");
        FxToolkit.settle();

        assertThat(visited).last().isEqualTo(Destination.TIMELINE);
    }

    @Test
    void theFocusGoesWithWhoGoesToAScreen() {
        for (KeyCode place : List.of(KeyCode.DIGIT2, KeyCode.DIGIT3, KeyCode.DIGIT4)) {
            robot.press(KeyCode.CONTROL).type(place).release(KeyCode.CONTROL);
            FxToolkit.settle();

            assertThat(isInPlace(focused())).as(place.getName()).isTrue();
        }
    }

    @Test
    void theFocusStaysOnTheScreenWhenWhatHadItIsTakenAway() throws TimeoutException {
        Button button = focusedButton();
        assertThat(focused()).isSameAs(button);

        FxToolkit.onFx(() -> ((Pane) button.getParent()).getChildren().remove(button));

        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> isInPlace(focused()));
    }

    @Test
    void theFocusStaysOnTheScreenWhenWhatHadItCanNoLongerBeUsed() throws TimeoutException {
        Button button = focusedButton();

        FxToolkit.onFx(() -> button.setDisable(true));
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> !button.equals(focused()));
        FxToolkit.settle();

        assertThat(isInPlace(focused())).isTrue();
    }

    @Test
    void theFocusStaysOnTheScreenWhenThePageThatHadItIsHidden() throws TimeoutException {
        Button button = focusedButton();
        FxToolkit.onFx(
                () -> {
                    var page = new StackPane();
                    ((Pane) button.getParent()).getChildren().add(page);
                    page.getChildren().add(button);
                    button.requestFocus();
                });
        FxToolkit.settle();

        FxToolkit.onFx(() -> button.getParent().setVisible(false));
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> !button.equals(focused()));
        FxToolkit.settle();

        assertThat(isInPlace(focused())).isTrue();
    }

    @Test
    void theFocusComesBackWhenTheToolkitBeginsAnewAtTheBanner() {
        Button button = focusedButton();

        FxToolkit.onFx(
                () -> {
                    ((Pane) button.getParent()).getChildren().remove(button);
                    shell.root().lookup(".menu-button").requestFocus();
                });
        FxToolkit.settle();

        assertThat(isInPlace(focused())).isTrue();
    }

    @Test
    void turnsThePagesOfAScreenWhateverHasTheFocus() {
        var page = (ScrollPane) shell.root().lookup(".place").lookup(".scroll-pane");
        FxToolkit.onFx(() -> shell.root().lookup(".rail").lookup(".button").requestFocus());
        FxToolkit.settle();

        robot.type(KeyCode.PAGE_DOWN);
        FxToolkit.settle();
        assertThat(page.getVvalue()).isPositive();

        robot.type(KeyCode.PAGE_UP);
        FxToolkit.settle();
        assertThat(page.getVvalue()).isZero();
    }

    /** One on the screen, which has the focus. */
    private Button focusedButton() {
        var button = new Button("once");
        FxToolkit.onFx(
                () -> {
                    ((Pane) shell.root().lookup(".place")).getChildren().add(button);
                    button.requestFocus();
                });
        FxToolkit.settle();
        return button;
    }

    private static boolean isInPlace(Node node) {
        return node != null
                && (node.getStyleClass().contains("place") || isInPlace(node.getParent()));
    }

    @Test
    void findsWhatWasTypedIntoThePaletteAndGoesThere() {
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        FxToolkit.settle();
        assertThat(focused()).isInstanceOf(TextField.class);

        robot.write("sett").type(KeyCode.ENTER);
        FxToolkit.settle();

        assertThat(visited).last().isEqualTo(Destination.SETTINGS);
    }

    @Test
    void escapeGivesTheFocusBackToWhereItWas() {
        Node before = focused();
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        FxToolkit.settle();

        robot.type(KeyCode.ESCAPE);
        FxToolkit.settle();

        assertThat(focused()).isSameAs(before);
    }

    @Test
    void filtersTheCatalogFromItsShortcut() {
        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).type(KeyCode.F).release(KeyCode.CONTROL);
        FxToolkit.settle();
        robot.write("full");
        FxToolkit.settle();

        assertThat(backups()).isNotEmpty().allMatch(name -> name.contains("_full_"));
    }

    @Test
    void goesThroughTheCatalogByKeys() {
        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).type(KeyCode.F).release(KeyCode.CONTROL);
        FxToolkit.settle();
        for (int tabs = 0; tabs < 20 && !catalog().equals(focused()); tabs++) {
            robot.type(KeyCode.TAB);
            FxToolkit.settle();
            assertThat(focused()).isNotInstanceOf(MasterDetailPane.class);
        }
        assertThat(focused()).isSameAs(catalog());

        robot.type(KeyCode.DOWN);
        FxToolkit.settle();
        assertThat(selected()).isZero();
        robot.type(KeyCode.DOWN).type(KeyCode.DOWN).type(KeyCode.ENTER);
        FxToolkit.settle();
        assertThat(selected()).isEqualTo(2);
        assertThat(focused()).isInstanceOf(Button.class);
        robot.type(KeyCode.ESCAPE);
        FxToolkit.settle();
        assertThat(focused()).isSameAs(catalog());
    }

    @Test
    void whatWaitsTakesItsOwnRoomUntilItIsSeen() {
        services.restores = List.of(RestoreSights.interrupted());
        FxToolkit.onFx(shell.model()::askRestores);
        FxToolkit.settle();
        Node strip = shell.root().lookup(".waiting-strip");
        assertThat(strip.isVisible()).isTrue();
        assertThat(bottom(strip)).isLessThanOrEqualTo(top(shell.root().lookup(".place")));

        go(KeyCode.DIGIT4);
        assertThat(strip.isVisible()).isFalse();
        go(KeyCode.DIGIT1);
        assertThat(strip.isVisible()).isTrue();

        robot.clickOn(strip.lookup(".icon-button"));
        FxToolkit.onFx(shell.model()::askRestores);
        FxToolkit.settle();
        assertThat(strip.isVisible()).isFalse();
    }

    @Test
    void whatEndedWaitsNoLonger() {
        services.restores = List.of(RestoreSights.interrupted());
        go(KeyCode.DIGIT4);
        services.restores = List.of();
        go(KeyCode.DIGIT1);

        assertThat(shell.root().lookup(".waiting-strip").isVisible()).isFalse();
    }

    private void go(KeyCode place) {
        robot.press(KeyCode.CONTROL).type(place).release(KeyCode.CONTROL);
        FxToolkit.settle();
    }

    private static double top(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinY();
    }

    private static double bottom(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMaxY();
    }

    private int selected() {
        return FxToolkit.fx(() -> catalog().getSelectionModel().getSelectedIndex());
    }

    @Test
    void offersNoRestoreFromABackupThatCannotBeUsed() {
        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).type(KeyCode.F).release(KeyCode.CONTROL);
        FxToolkit.settle();
        robot.write("full_20261120");
        FxToolkit.settle();
        FxToolkit.onFx(() -> catalog().getSelectionModel().select(1));
        FxToolkit.settle();

        Optional<Button> restore =
                shell.root().lookupAll(".button").stream()
                        .filter(Button.class::isInstance)
                        .map(Button.class::cast)
                        .filter(button -> button.getText().startsWith("Restore from here"))
                        .findFirst();
        assertThat(restore).isPresent();
        assertThat(restore.get().isDisabled()).isTrue();
    }

    private TreeTableView<?> catalog() {
        return (TreeTableView<?>) shell.root().lookup(".tree-table-view");
    }

    /** What is written in the first column of the lines that are backups. */
    private List<String> backups() {
        return shell.root().lookupAll(".backup-name").stream()
                .map(cell -> ((Labeled) cell).getText())
                .filter(name -> name != null && name.contains("_"))
                .toList();
    }

    private Node focused() {
        return FxToolkit.fx(() -> stage.getScene().getFocusOwner());
    }
}
