package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.ui.Accepts;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.Screen;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.timeline.TimelineSource;
import dev.lifeboat.ui.timeline.source.EngineTimelineSource;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;

import java.time.Duration;
import java.util.List;

/** The place where restores begin and are watched: its three pages, one shown at a time. */
public final class RestoreScreen implements Screen, Accepts {
    private static final Duration LIST = Duration.ofSeconds(2);
    private final ScreenContext context;
    private final RestoreHomeViewModel home;
    private final PlanViewModel plan;
    private final RunViewModel run;
    private final RestoreHomeController homeController;
    private final PlanController planController;
    private final Parent homePage;
    private final Parent planPage;
    private final Parent runPage;
    private final StackPane root = new StackPane();
    private boolean active;
    private Ticker.Ticking ticking = () -> {};

    /** Over the engine of the context's profile. */
    public RestoreScreen(ScreenContext context) {
        this(context, new EngineTimelineSource(context.services(), context.times().clock()));
    }

    /**
     * @param source where the timeline comes from on which a later target is chosen
     */
    RestoreScreen(ScreenContext context, TimelineSource source) {
        this.context = context;
        home = new RestoreHomeViewModel(context);
        run = new RunViewModel(context);
        plan = new PlanViewModel(context, this::start);
        homeController = new RestoreHomeController(home, context.times(), this::plan, this::open);
        planController = new PlanController(plan, context.times(), this::showHome, this::correct);
        homePage = FxmlFile.RESTORE_HOME.load(homeController);
        planPage = FxmlFile.RESTORE_PLAN.load(planController);
        runPage =
                FxmlFile.RESTORE_RUN.load(new RunController(run, context, source, this::showHome));
        root.getChildren().setAll(homePage);
    }

    /** Shows one restore: one that runs, waits, was interrupted or is over. */
    public void open(String id) {
        run.show(id);
        show(runPage);
    }

    private void start(String id, List<String> words) {
        run.start(id, words);
        show(runPage);
    }

    /** Plans a restore and shows the plan. */
    public void plan(Wish wish) {
        plan.plan(wish);
        show(planPage);
    }

    RestoreForm form() {
        return home.getForm();
    }

    /** Shows the list and the form. */
    public void showHome() {
        home.refresh();
        show(homePage);
    }

    /** Shows the form where it is to be changed, with what hindered the plan. */
    private void correct(Mend mend, Problem hindrance) {
        home.getForm().correct(hindrance);
        showHome();
        homeController.focus(mend.kind());
    }

    /**
     * A chosen target leads straight to its plan, and so does a dump, which has none; a chosen base
     * to the form.
     */
    @Override
    public void accept(RestoreIntent intent) {
        RestoreForm form = home.getForm();
        form.take(intent);
        if (intent.target().isPresent() || form.dumpProperty().get()) {
            form.wish().ifPresentOrElse(this::plan, this::showHome);
        } else {
            showHome();
            homeController.focus();
        }
    }

    @Override
    public void acceptRestore(String id) {
        open(id);
    }

    @Override
    public Destination destination() {
        return Destination.RESTORE;
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public void activate() {
        active = true;
        ticking.close();
        ticking = context.ticker().every(LIST, this::tick);
        home.refresh();
        follow(root.getChildren().getFirst());
    }

    @Override
    public void deactivate() {
        active = false;
        ticking.close();
        run.deactivate();
    }

    @Override
    public void refresh() {
        home.refresh();
        if (root.getChildren().getFirst().equals(planPage)) {
            plan.measureAgain();
        }
    }

    private void tick() {
        Node shown = root.getChildren().getFirst();
        if (shown.equals(homePage)) {
            home.refresh();
        } else if (shown.equals(planPage)) {
            planController.updateAge();
        }
    }

    private void show(Parent page) {
        root.getChildren().setAll(page);
        follow(page);
    }

    private void follow(Node page) {
        if (active && page.equals(runPage)) {
            run.activate();
        } else {
            run.deactivate();
        }
    }
}
