package dev.lifeboat.ui.settings;

import dev.lifeboat.doctor.Finding;
import dev.lifeboat.ui.FixedLook;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.TestContexts;
import dev.lifeboat.ui.task.FakeProfiles;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;

import javafx.scene.Parent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

class SettingsScreenTest extends ScreenPictures {
    @Override
    protected String screen() {
        return "settings";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("profile", () -> screen(new FakeServices()).root());
        states.put("tested", SettingsScreenTest::tested);
        states.put("broken-profile", SettingsScreenTest::broken);
        return states;
    }

    private static SettingsScreen screen(FakeServices services) {
        var screen =
                new SettingsScreen(
                        TestContexts.of(services),
                        new FakeProfiles(services),
                        new FixedLook(ThemeMode.DARK, FontScale.P100),
                        _ -> {});
        screen.activate();
        return screen;
    }

    private static Parent tested() {
        var services = new FakeServices();
        services.findings =
                List.of(
                        new Finding(
                                "bucket primary list",
                                Finding.State.OK,
                                "s3://mockupaws-backups-prod",
                                ""),
                        new Finding(
                                "backups primary credentials",
                                Finding.State.WARNING,
                                "profile prod-ro, ASIA…7Q, until 2026-11-23T04:43:23Z",
                                "Renew them before a long restore, for example with: aws sso login."),
                        new Finding(
                                "wal dr read",
                                Finding.State.FAILURE,
                                "s3://mockupaws-wal-archive-dr may not be read. The store answered AccessDenied.",
                                "Grant s3:GetObject on mockupaws-wal-archive-dr to this role."));
        SettingsScreen screen = screen(services);
        screen.model().test();
        return screen.root();
    }

    private static Parent broken() {
        SettingsScreen screen = screen(new FakeServices());
        screen.model().choose(screen.model().choices().get(2));
        return screen.root();
    }
}
