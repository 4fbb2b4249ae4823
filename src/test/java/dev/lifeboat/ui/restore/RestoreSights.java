package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Dialogs;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.Notices;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;

/** A restore, and a screen's context, for the tests of other screens. */
public final class RestoreSights {
    public static final String ID = Sights.ID;

    private RestoreSights() {}

    public static RestoreView interrupted() {
        return Sights.failed();
    }

    public static ScreenContext contextOf(FakeServices services) {
        var tasks = new TaskRunner(Runnable::run, Runnable::run);
        return new ScreenContext(
                services,
                tasks,
                Ticker.still(),
                FakeServices.TIMES,
                Navigator.nowhere(),
                Notices.none(),
                Dialogs.none(),
                new Jobs(services.commands(), tasks));
    }
}
