package dev.lifeboat.ui;

import dev.lifeboat.ui.task.ConsoleServices;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.task.TimeText;

/**
 * What a screen is made with.
 *
 * @param services what the engine answers; blocking, for the runner alone
 * @param tasks runs what blocks
 * @param ticker calls back on the screen's thread, for clocks and ages
 * @param times writes times and ages
 * @param navigator leads to other screens
 * @param notices says something inside the window
 * @param dialogs shows something before everything else
 * @param jobs the commands that run for the profile
 */
public record ScreenContext(
        ConsoleServices services,
        TaskRunner tasks,
        Ticker ticker,
        TimeText times,
        Navigator navigator,
        Notices notices,
        Dialogs dialogs,
        Jobs jobs) {}
