package dev.lifeboat.ui.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.sandbox.StorySandbox;
import dev.lifeboat.ui.timeline.view.TimelineView;

import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.temporal.ChronoUnit;

/** The console on a real sandbox, without a mouse, from the incident to the rows in the table. */
class ConsoleKeysIT {
    private static final String TABLE = "scenario_logs";
    private static StorySandbox sandbox;

    @BeforeAll
    static void playUpToTheIncident() throws Exception {
        sandbox = StorySandbox.start();
    }

    @AfterAll
    static void endTheSandbox() throws Exception {
        sandbox.close();
    }

    @Test
    void bringsTheDroppedTableBackByKeysAlone() throws Exception {
        var user = new StoryUser("keys");
        try (var window = new StoryWindow(sandbox)) {
            plansToJustBeforeTheDrop(user);
            String id = starts(user);
            user.reads("Paused at the target");
            promotes(user);
            assertThat(sandbox.restore(id).state()).isEqualTo(RestoreState.PROMOTED);
            bringsTheRowsBack(user);
            int rows = sandbox.rows(TABLE, sandbox.dropped().minus(1, ChronoUnit.MICROS));
            assertThat(sandbox.liveRows(TABLE)).isEqualTo(rows).isPositive();
            assertThat(window.standstills()).isEmpty();
        }
    }

    /** From anywhere: the search, what it found, the target, the plan. */
    private static void plansToJustBeforeTheDrop(StoryUser user) {
        user.reads("To when can I go back?");
        user.keys(KeyCode.CONTROL, KeyCode.D);
        user.hasTheFocus(TableView.class);
        user.reads("1 found from");
        user.keys(KeyCode.ENTER);
        user.hasTheFocus(TimelineView.class);
        user.reads("just before DROP public." + TABLE);
        user.keys(KeyCode.ENTER);
        user.reads("Before it starts");
    }

    /** Vouches and starts; the id of the restore. Who vouched once is known by name. */
    private static String starts(StoryUser user) {
        user.tabsTo("#attest-team-notified");
        user.writes("Ada");
        user.keys(KeyCode.ENTER);
        user.tabsTo("#help-state-documented");
        user.keys(KeyCode.SPACE);
        user.reads("Written down: mockupaws");
        user.tabsTo("#start");
        user.keys(KeyCode.SPACE);
        return user.text("Restore mockupaws_.+").substring("Restore ".length());
    }

    private static void promotes(StoryUser user) {
        user.tabsTo("#act-promote");
        user.keys(KeyCode.SPACE);
        user.tabsTo("#confirmYes");
        user.keys(KeyCode.SPACE);
        user.reads("Promoted");
    }

    /** The panel leads on by itself: from the table to what is missing, to the name of the live. */
    private static void bringsTheRowsBack(StoryUser user) {
        user.tabsTo("#act-rescue");
        user.keys(KeyCode.SPACE);
        user.hasTheFocus(TextField.class);
        user.writes(TABLE);
        user.keys(KeyCode.ENTER);
        assertThat(user.hasTheFocus(Button.class).getId()).isEqualTo("rescue-missing");
        user.keys(KeyCode.SPACE);
        user.writes(user.hasTheFocus(TextField.class).getPromptText());
        user.keys(KeyCode.ENTER);
        user.reads("What takes it back");
    }
}
