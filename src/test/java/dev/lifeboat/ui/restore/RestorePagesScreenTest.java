package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.journal.Event;
import dev.lifeboat.postgres.QueryAnswer;
import dev.lifeboat.restore.Plans;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.settings.Expectation;
import dev.lifeboat.settings.OwnQuery;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.ScreenPictures;

import javafx.event.ActionEvent;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

class RestorePagesScreenTest extends ScreenPictures {
    @Override
    protected String screen() {
        return "restore";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("home-empty", () -> home(services -> {}));
        states.put(
                "home-interrupted",
                () ->
                        home(
                                services -> {
                                    services.restores.add(Sights.failed());
                                    services.restores.add(
                                            Sights.view(RestoreState.PAUSED, Sights.upToPause()));
                                }));
        states.put("home-error", () -> home(services -> services.problem = Sights.darkRegion()));
        states.put("plan-blocked", () -> plan(services -> {}));
        states.put("plan-blocked-below", () -> below(plan(services -> {})));
        states.put("plan-prepared", RestorePagesScreenTest::prepared);
        states.put("plan-error", () -> plan(services -> services.problem = Sights.darkRegion()));
        states.put("plan-over-existing", () -> plan(RestorePagesScreenTest::overExisting));
        states.put("plan-over-running", () -> plan(RestorePagesScreenTest::overRunning));
        states.put("home-corrected", RestorePagesScreenTest::corrected);
        states.put("home-dump", () -> home(services -> {}, form -> form.dumpProperty().set(true)));
        states.put("plan-dump", RestorePagesScreenTest::dump);
        states.put(
                "run-dump-filling",
                () -> run(services -> services.restores.add(Sights.fillingDump())));
        states.put(
                "run-dump-restored",
                () -> run(services -> services.restores.add(Sights.restoredDump())));
        states.put("run-starting", () -> run(services -> {}));
        states.put(
                "run-fetching",
                () ->
                        run(
                                services -> {
                                    services.restores.add(
                                            Sights.view(RestoreState.RUNNING, Sights.upToFetch()));
                                    services.sample = Sights.fetching();
                                }));
        states.put(
                "run-interrupted", () -> run(services -> services.restores.add(Sights.failed())));
        states.put(
                "run-replaying",
                () ->
                        run(
                                services -> {
                                    services.restores.add(
                                            Sights.view(RestoreState.RUNNING, Sights.upToReplay()));
                                    services.sample = Sights.replaying();
                                }));
        states.put("run-advancing", RestorePagesScreenTest::advancing);
        states.put("run-aborting", RestorePagesScreenTest::aborting);
        states.put("run-paused", RestorePagesScreenTest::paused);
        states.put("run-findings", RestorePagesScreenTest::findings);
        states.put(
                "run-findings-promoted",
                () ->
                        findings(
                                Sights.view(
                                        RestoreState.PROMOTED,
                                        Sights.upToPromotionAfterFindings())));
        return states;
    }

    private static Parent home(Consumer<FlowServices> setUp) {
        return home(setUp, form -> {});
    }

    private static Parent home(Consumer<FlowServices> setUp, Consumer<RestoreForm> filled) {
        var services = new FlowServices();
        setUp.accept(services);
        var screen = new RestoreScreen(Sights.context(services));
        screen.activate();
        filled.accept(screen.form());
        return screen.root();
    }

    /** What the button of a mend leads to. */
    private static Parent corrected() {
        Parent page = plan(services -> {});
        var mends = Sights.scroll(page).getContent().lookupAll(".mend-button");
        mends.stream().map(Button.class::cast).reduce((_, last) -> last).orElseThrow().fire();
        return page;
    }

    /** A page as it looks at its lower end. */
    private static Parent below(Parent page) {
        Sights.scroll(page).setVvalue(1);
        return page;
    }

    /** Somebody had the state written down and told the team. */
    private static Parent prepared() {
        var services = new FlowServices();
        services.plan = Plans.physical();
        services.items.addAll(Sights.checklist());
        services.items.removeIf(item -> item.state() == CheckItem.State.BLOCKED);
        var screen = new RestoreScreen(Sights.context(services));
        screen.activate();
        screen.accept(RestoreIntent.to(services.plan.target()));
        Parent page = screen.root();
        for (String item : List.of("state-documented", "team-notified")) {
            ((TextField) Sights.find(page, "#attest-" + item)).setText("maria");
            ((Button) Sights.find(page, "#help-" + item)).fire();
        }
        return below(page);
    }

    private static Parent dump() {
        var services = new FlowServices();
        services.dump = Plans.logical();
        services.items.addAll(Sights.dumpChecklist());
        var screen = new RestoreScreen(Sights.context(services));
        screen.activate();
        screen.accept(RestoreIntent.from("shop_full_20260407_020000"));
        return screen.root();
    }

    private static Parent plan(Consumer<FlowServices> setUp) {
        var services = new FlowServices();
        services.plan = Plans.physical();
        services.items.addAll(Sights.checklist());
        setUp.accept(services);
        var screen = new RestoreScreen(Sights.context(services));
        screen.activate();
        screen.accept(RestoreIntent.to(services.plan.target()));
        return screen.root();
    }

    private static void overExisting(FlowServices services) {
        services.plan = Plans.overExisting(Path.of("/var/lib/postgresql/15/main"));
        services.items.removeIf(item -> item.state() != CheckItem.State.OK);
    }

    private static void overRunning(FlowServices services) {
        overExisting(services);
        services.items.removeIf(item -> item.id().equals("directory-not-in-use"));
        services.items.addFirst(
                Sights.item(
                        "directory-not-in-use",
                        CheckItem.State.BLOCKED,
                        "Process 812 holds its postmaster.pid.",
                        "no server runs on /var/lib/postgresql/15/main",
                        "Stop that server first, or restore into another directory.",
                        false));
    }

    @Test
    void aPlanOverARunningServerSaysThatNothingIsRenamedUnderIt() {
        List<String> texts = FxToolkit.fx(() -> texts(plan(RestorePagesScreenTest::overRunning)));

        assertThat(texts)
                .anyMatch(text -> text.startsWith("Rename ") && text.contains("cannot start"))
                .anyMatch(text -> text.contains("nothing is renamed while a server runs on"))
                .doesNotContain("Touch the running database.");
    }

    private static List<String> texts(Parent page) {
        var root = (Parent) Sights.scroll(page).getContent();
        new Scene(page, 1280, 800);
        page.applyCss();
        return root.lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .map(label -> ((Label) label).getText())
                .toList();
    }

    private static Parent run(Consumer<FlowServices> setUp) {
        var services = new FlowServices();
        setUp.accept(services);
        var screen = new RestoreScreen(Sights.context(services));
        screen.activate();
        screen.open(Sights.ID);
        return screen.root();
    }

    /** It sets out from its pause: nothing on the way to the later target is done yet. */
    private static Parent advancing() {
        return run(
                services -> {
                    List<Event> events = new ArrayList<>(Sights.upToFindings());
                    events.addAll(Sights.advanced());
                    services.restores.add(Sights.view(RestoreState.RUNNING, events));
                });
    }

    @Test
    void anAdvanceDoesNotBeginUnderAFullBar() {
        boolean shown =
                FxToolkit.fx(
                        () -> ((ProgressBar) Sights.find(advancing(), "#progress")).isVisible());

        assertThat(shown).isFalse();
    }

    private static Parent aborting() {
        Parent page =
                run(
                        services -> {
                            services.restores.add(
                                    Sights.view(RestoreState.RUNNING, Sights.upToFetch()));
                            services.sample = Sights.fetching();
                        });
        ((Button) Sights.find(page, "#act-abort")).fire();
        return page;
    }

    private static Parent findings() {
        return findings(Sights.view(RestoreState.PAUSED, Sights.upToFindings()));
    }

    private static Parent findings(RestoreView view) {
        Parent page =
                run(
                        services -> {
                            services.kept.put(Sights.ID, Sights.before());
                            services.queries.add(
                                    new OwnQuery(
                                            "no orphans",
                                            "select count(*) from orphans",
                                            Expectation.parse("= 0").orElseThrow()));
                            services.restores.add(view);
                        });
        boolean paused = view.state() == RestoreState.PAUSED;
        Sights.scroll(page).setVvalue(paused ? 0.55 : 0.25);
        return page;
    }

    private static Parent paused() {
        var services = new FlowServices();
        services.restores.add(Sights.view(RestoreState.PAUSED, Sights.upToPause()));
        services.answer =
                new QueryAnswer(
                        List.of("max", "count"),
                        List.of(List.of("2026-04-07 02:28:19.331+00", "81 203")),
                        false);
        var screen = new RestoreScreen(Sights.context(services));
        screen.activate();
        screen.open(Sights.ID);
        var query = (TextField) Sights.find(screen.root(), "#query");
        query.setText("select max(created_at), count(*) from scenario_logs");
        query.fireEvent(new ActionEvent());
        return screen.root();
    }
}
