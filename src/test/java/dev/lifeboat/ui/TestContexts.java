package dev.lifeboat.ui;

import dev.lifeboat.ui.task.ConsoleServices;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;

import java.util.concurrent.Executor;

/** Contexts for screens on their own. */
public final class TestContexts {
    private TestContexts() {}

    /** Everything is answered at once. */
    public static ScreenContext of(ConsoleServices services) {
        return of(services, Runnable::run);
    }

    /** Nothing is ever answered. */
    public static ScreenContext waiting(ConsoleServices services) {
        return of(services, _ -> {});
    }

    /**
     * A context over services.
     *
     * @param background where what blocks is run
     */
    public static ScreenContext of(ConsoleServices services, Executor background) {
        return of(services, new TaskRunner(background, Runnable::run));
    }

    /** A context whose work is done as the runner does it. */
    public static ScreenContext of(ConsoleServices services, TaskRunner tasks) {
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
