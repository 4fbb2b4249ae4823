package dev.lifeboat.ui.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.report.Report;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.restore.RestoreSights;
import dev.lifeboat.ui.task.FakeServices;

import javafx.scene.Node;
import javafx.scene.Parent;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

class RecordsScreenTest extends ScreenPictures {
    @Override
    protected String screen() {
        return "records";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("empty", () -> shown(new FakeServices()));
        states.put("one", () -> shown(withOne()));
        states.put(
                "error",
                () -> {
                    var services = new FakeServices();
                    services.problem = FakeServices.unreachable();
                    return shown(services);
                });
        return states;
    }

    @Test
    void whatCouldNotBeReadIsNotCalledEmpty() {
        var services = new FakeServices();
        services.problem = FakeServices.unreachable();

        Node empty = FxToolkit.fx(() -> shown(services).lookup(".empty-state"));

        assertThat(empty.isVisible()).isFalse();
    }

    @Test
    void exportsTheChosenOneByTheCommand() {
        FakeServices services = withOne();
        var model = new RecordsViewModel(RestoreSights.contextOf(services));
        FxToolkit.onFx(
                () -> {
                    model.refresh();
                    model.choose(RestoreSights.ID);
                    model.export(Path.of("/tmp/r.pdf"));
                });

        assertThat(services.started)
                .containsExactly(
                        List.of("restores", "export", RestoreSights.ID, "--to", "/tmp/r.pdf"));
    }

    private static FakeServices withOne() {
        var services = new FakeServices();
        services.restores = List.of(RestoreSights.interrupted());
        services.report =
                new Report(
                        "Restore " + RestoreSights.ID,
                        "The restore was interrupted and can go on.",
                        false,
                        List.of(
                                new Report.Section(
                                        "Summary",
                                        List.of(),
                                        List.of(
                                                List.of("State", "interrupted"),
                                                List.of("Machine", "pg-dr-01"),
                                                List.of("Plan digest (SHA-256)", "ab".repeat(32)))),
                                new Report.Section(
                                        "Stages",
                                        List.of("Stage", "Seconds"),
                                        List.of(
                                                List.of("fetch", "12.500"),
                                                List.of("replay", "30.250"))),
                                new Report.Section(
                                        "Checklist before the start",
                                        List.of(
                                                "Item",
                                                "State",
                                                "Measured",
                                                "Needed",
                                                "Said by a person"),
                                        List.of(
                                                List.of(
                                                        "free-space",
                                                        "warning",
                                                        "1.02 TiB",
                                                        "1.41 TiB",
                                                        "overridden: compressed file system,"
                                                                + " 2026-04-07T14:58:03Z"))),
                                new Report.Section(
                                        "Rows brought back into the live database",
                                        List.of(),
                                        List.of(
                                                List.of("Began (UTC)", "2026-04-07T15:20:00Z"),
                                                List.of("How it ended", "all tables are done"),
                                                List.of(
                                                        "From the copy",
                                                        "promoted, at 0/5000100, last commit"
                                                                + " 2026-04-07T14:29:59Z"),
                                                List.of("Into", "mockupaws@pg-live:5432"),
                                                List.of(
                                                        "public.scenario_logs_of_last_quarter",
                                                        "409 rows brought back, 2 changed, 1 left"
                                                                + " alone; undo: /var/lib/lifeboat/restores/"
                                                                + RestoreSights.ID
                                                                + "/rescue/undo.sql")))));
        return services;
    }

    private static Parent shown(FakeServices services) {
        var screen = new RecordsScreen(RestoreSights.contextOf(services));
        screen.activate();
        return screen.root();
    }
}
