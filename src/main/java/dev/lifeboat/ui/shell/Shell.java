package dev.lifeboat.ui.shell;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.ui.Accepts;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Look;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.Screen;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.control.EmProbe;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.Scrolling;
import dev.lifeboat.ui.task.ConsoleServices;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.task.Profiles;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.timeline.TimelineScreen;

import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The window's content for one profile: banner, rail, screen, drawer, status. Another profile gets
 * a shell of its own. FX thread only.
 */
final class Shell implements Navigator {
    private static final double NARROW_EM = 76;
    private final StackPane root = new StackPane();
    private final BorderPane frame = new BorderPane();
    private final StackPane place = new StackPane();
    private final EmProbe probe = new EmProbe();
    private final Overlay overlay = new Overlay();
    private final NoticeStack notices = new NoticeStack();
    private final WaitingStrip waiting = new WaitingStrip(this);
    private final Screens screens;
    private final ShellViewModel model;
    private final Ticker ticker;
    private final BannerController banner;
    private final Rail rail;
    private final LogDrawer drawer;
    private final Optional<Runnable> incident;
    private final ShellActions actions;
    private final Consumer<Destination> remember;
    private Screen current;
    private boolean isInPlace;

    /**
     * What a shell is made with.
     *
     * @param profiles the clusters there are
     * @param names those one can switch to
     * @param choose switches; empty for the environment alone
     * @param remember takes where one is
     * @param look changes theme and size
     * @param log what the drawer shows
     */
    record Parts(
            ConsoleServices services,
            TaskRunner tasks,
            Ticker ticker,
            TimeText times,
            Profiles profiles,
            List<String> names,
            Consumer<Optional<String>> choose,
            Consumer<Destination> remember,
            Look look,
            LogLines log) {}

    Shell(Parts parts) {
        this.ticker = parts.ticker();
        this.remember = parts.remember();
        var jobs = new Jobs(parts.services().commands(), parts.tasks());
        this.model =
                new ShellViewModel(parts.services(), parts.tasks(), parts.times(), jobs.orders());
        var context =
                new ScreenContext(
                        parts.services(),
                        parts.tasks(),
                        parts.ticker(),
                        parts.times(),
                        this,
                        notices,
                        overlay,
                        jobs);
        this.screens = new Screens(context, parts);
        this.incident = Screens.incident(context);
        this.drawer =
                new LogDrawer(parts.log(), parts.times(), parts.ticker(), () -> showLog(false));
        this.rail = new Rail(screens.places(), this::open, incident, this::palette, this::help);
        this.actions = new ShellActions(this, parts);
        this.banner = new BannerController(model, parts.names(), parts.choose(), this::showProblem);
        build(jobs);
    }

    private void build(Jobs jobs) {
        place.getStyleClass().add("place");
        place.setAlignment(Pos.TOP_LEFT);
        showLog(false);
        frame.setTop(new VBox(FxmlFile.BANNER.load(banner), waiting));
        frame.setLeft(rail);
        var middle = new StackPane(place, notices, overlay);
        frame.setCenter(middle);
        frame.setBottom(new VBox(drawer, new StatusLine(jobs, this::toggleLog)));
        frame.getStyleClass().add("shell");
        // What needs more room than there is would push banner and status line out of the window.
        List.of(frame, middle, place).forEach(pane -> pane.setMinSize(0, 0));
        root.getChildren().addAll(frame, probe);
        probe.emProperty().addListener((_, _, _) -> fit());
        root.sceneProperty()
                .addListener(
                        (_, _, scene) -> Optional.ofNullable(scene).ifPresent(this::keepFocus));
        frame.widthProperty().addListener((_, _, _) -> fit());
        model.restores()
                .addListener((ListChangeListener<Object>) _ -> waiting.tell(model.restores()));
    }

    Parent root() {
        return root;
    }

    ShellViewModel model() {
        return model;
    }

    ShellActions actions() {
        return actions;
    }

    Optional<Runnable> incident() {
        return incident;
    }

    List<Destination> places() {
        return screens.places();
    }

    /** Begins: asks what the banner shows and opens a screen. */
    void activate(Destination first) {
        model.activate(ticker);
        open(screens.has(first) ? first : places().getFirst());
    }

    /** Ends, for another profile or for good. */
    void deactivate() {
        if (current != null) {
            current.deactivate();
            current = null;
        }
        model.deactivate();
    }

    /** Rail and drawer after the window or the type changed its size. */
    void fit() {
        boolean narrow = frame.getWidth() > 0 && frame.getWidth() / probe.em() < NARROW_EM;
        rail.narrow(narrow);
        banner.narrow(narrow);
    }

    @Override
    public void open(Destination destination) {
        overlay.close();
        if (!screens.has(destination) || screens.at(destination).equals(current)) {
            return;
        }
        if (current != null) {
            leave(current);
        }
        current = screens.at(destination);
        place.getChildren().setAll(current.root());
        rail.select(destination);
        waiting.at(destination);
        current.activate();
        remember.accept(destination);
        Platform.runLater(this::focusPlace);
    }

    /** Whoever comes from the restores may have begun one, or ended it. */
    private void leave(Screen left) {
        left.deactivate();
        if (left.destination() == Destination.RESTORE) {
            model.askRestores();
        }
    }

    /** Who goes somewhere goes on working there. */
    private void focusPlace() {
        Node owner = root.getScene() == null ? null : root.getScene().getFocusOwner();
        if (!overlay.isVisible() && !Panes.isWithin(owner, place)) {
            place.applyCss(); // what scrolls has no content before
            current.beginning()
                    .filter(Panes::isUsable)
                    .or(() -> Panes.firstIn(place))
                    .ifPresent(Node::requestFocus);
        }
    }

    /**
     * What had the focus was taken away, with its page, or can no longer be used: the focus goes to
     * what took its place, where it would begin at the banner anew or leave the screen.
     */
    private void keepFocus(Scene scene) {
        ChangeListener<Scene> taken = (_, _, in) -> refocusIf(in == null);
        scene.focusOwnerProperty()
                .addListener(
                        (_, before, owner) -> {
                            if (before != null) {
                                before.sceneProperty().removeListener(taken);
                            }
                            if (owner != null) {
                                owner.sceneProperty().addListener(taken);
                            }
                            refocusIf(owner == null);
                            keepInPlace(before, owner);
                        });
    }

    /** Nobody went elsewhere when what had the focus vanished: the toolkit put it there. */
    private void keepInPlace(Node before, Node owner) {
        if (owner == null) {
            return;
        }
        boolean lost = isInPlace && (before == null || !Panes.isUsable(before));
        isInPlace = Panes.isWithin(owner, place);
        if (lost && !isInPlace) {
            Platform.runLater(this::focusPlace);
        }
    }

    private void refocusIf(boolean lost) {
        if (lost) {
            Platform.runLater(this::refocus);
        }
    }

    private void refocus() {
        Node owner = root.getScene() == null ? null : root.getScene().getFocusOwner();
        if (root.getScene() != null && (owner == null || owner.getScene() == null)) {
            Parent shown = overlay.isVisible() ? overlay : place;
            shown.applyCss();
            Panes.firstIn(shown).ifPresent(Node::requestFocus);
        }
    }

    @Override
    public boolean has(Destination destination) {
        return screens.has(destination);
    }

    @Override
    public void restore(RestoreIntent intent) {
        open(Destination.RESTORE);
        if (current instanceof Accepts accepting) {
            accepting.accept(intent);
        }
    }

    @Override
    public void showRestore(String id) {
        open(Destination.RESTORE);
        if (current instanceof Accepts accepting) {
            accepting.acceptRestore(id);
        }
    }

    @Override
    public void timeline(Instant at) {
        open(Destination.TIMELINE);
        if (current instanceof Accepts accepting) {
            accepting.accept(at);
        }
    }

    /** Turns a page of whatever is long, whatever has the focus in it. */
    void turn(boolean down) {
        Parent shown = overlay.isVisible() ? overlay : place;
        Node owner = root.getScene().getFocusOwner();
        Scrolling.turn(Panes.isWithin(owner, shown) ? owner : null, shown, down);
    }

    void refresh() {
        model.ask();
        current.refresh();
    }

    void find() {
        current.find();
    }

    /** The search for what hurt, from wherever one is. */
    void findDamage() {
        open(Destination.TIMELINE);
        if (current instanceof TimelineScreen timeline) {
            timeline.findDamage();
        }
    }

    void palette() {
        var palette = new Palette(actions.all(), overlay::close);
        overlay.show(Messages.text("rail.palette"), palette, () -> {});
        palette.field().requestFocus();
    }

    void shortcuts() {
        overlay.show(
                Messages.text("shortcuts.title"),
                Sheets.shortcuts(actions.all(), overlay::close),
                () -> {});
    }

    void help() {
        String page = current.destination().name().toLowerCase(Locale.ROOT);
        overlay.show(Messages.text("help.title"), Sheets.help(page, overlay::close), () -> {});
    }

    /** Says what went wrong, inside the window. */
    void tell(Problem problem) {
        notices.problem(problem);
    }

    /** Says what went as wished. */
    void said(String text) {
        notices.done(text);
    }

    void closeDialog() {
        overlay.close();
    }

    void toggleLog() {
        showLog(!drawer.isManaged());
    }

    void showLog(boolean show) {
        drawer.setManaged(show);
    }

    private void showProblem(ProblemPanel panel) {
        panel.getStyleClass().add("dialog-problem");
        overlay.show(Messages.text("problem.title"), panel, () -> {});
    }
}
