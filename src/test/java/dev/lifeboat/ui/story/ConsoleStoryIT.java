package dev.lifeboat.ui.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.sandbox.StorySandbox;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The console on a real sandbox, by mouse and keyboard alone, from the incident to the record. */
class ConsoleStoryIT {
    private static final String TABLE = "scenario_logs";
    private static final String TARGET = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";
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
    void leadsFromTheIncidentToTheRecord() throws Exception {
        var user = new StoryUser("story");
        try (var window = new StoryWindow(sandbox)) {
            String drop = findsTheDrop(user);
            Instant commit = instant(snapsToTheCommitBefore(user));
            user.presses("Plan the restore ▸");
            user.reads("Before it starts");
            mendsTheBlocker(user);
            String id = starts(user);
            user.reads("Paused at the target");
            looks(user, sandbox.rows(TABLE, commit));
            goesOn(user, drop);
            assertThat(sandbox.restore(id).reachedAt().orElseThrow()).isAfter(commit);
            promotes(user);
            readsTheRecord(user, id);
            assertThat(window.standstills()).isEmpty();
            theCopyHoldsWhatWasThereBeforeTheDrop(id);
        }
    }

    private static void theCopyHoldsWhatWasThereBeforeTheDrop(String id) throws Exception {
        RestoreView copy = sandbox.restore(id);
        assertThat(copy.state()).isEqualTo(RestoreState.PROMOTED);
        assertThat(
                        sandbox.difference(
                                copy.connection().orElseThrow(),
                                sandbox.dropped().minus(1, ChronoUnit.MICROS)))
                .isEmpty();
        assertThat(sandbox.keepsWhatWasLeft()).isTrue();
    }

    /** From the incident button to the transaction that dropped the table; when it did. */
    private static String findsTheDrop(StoryUser user) {
        user.presses("Incident");
        user.presses(
                "Exact moment. Up to a time, a transaction or a restore point: before a mistake"
                        + " was made.");
        user.presses("Find damage");
        user.presses("Search everything");
        user.reads("1 found from");
        user.chooses(TABLE);
        user.presses("Restore to just before this");
        user.reads("just before DROP public." + TABLE);
        return user.text(TARGET);
    }

    /** One commit earlier: at the drop itself its lock would keep everybody from looking. */
    private static String snapsToTheCommitBefore(StoryUser user) {
        user.turnsToTheTimeline();
        user.keys(KeyCode.CONTROL, KeyCode.LEFT);
        user.noLongerReads("just before DROP");
        return user.text(TARGET);
    }

    /** The directory of the live server is typed, is refused, and another one is chosen. */
    private static void mendsTheBlocker(StoryUser user) throws Exception {
        user.presses("Change it");
        user.types("Data directory to make", sandbox.liveDirectory().toString());
        user.presses("Make the plan");
        user.reads("No server on the directory");
        assertThat(user.canPress("#start")).isFalse();
        user.presses("Choose another directory…");
        user.types("Data directory to make", sandbox.oldDirectory().toString());
        user.presses("Make the plan");
        user.reads(sandbox.oldDirectory() + " on");
    }

    /** Vouches, types the name of what is renamed, and starts; the id of the restore. */
    private static String starts(StoryUser user) throws Exception {
        user.types("#attest-team-notified", "Ada");
        user.keys(KeyCode.ENTER);
        user.types("#attest-state-documented", "Ada");
        user.presses("#help-state-documented");
        user.reads("Written down: mockupaws");
        assertThat(user.canPress("#start")).isFalse();
        user.types("#typed", sandbox.oldDirectory().toString());
        user.presses("#start");
        return user.text("Restore mockupaws_.+").substring("Restore ".length());
    }

    private static void looks(StoryUser user, int rows) {
        user.types("Look at the data", "select 'it has ' || count(*) from " + TABLE);
        user.presses("Ask");
        user.reads("it has " + rows);
    }

    /** On the timeline again, to the instant that was written beside the drop. */
    private static void goesOn(StoryUser user, String drop) {
        user.presses("#advance-choose");
        user.types("#advance-typed", drop);
        user.keys(KeyCode.ENTER);
        user.reads("Later than the copy");
        user.presses("#advance-go");
        user.reads("Running: lifeboat restores advance");
        user.noLongerReads("Running: lifeboat restores advance");
        user.reads("Paused at the target");
    }

    private static void promotes(StoryUser user) {
        user.presses("#act-promote");
        user.presses("#confirmYes");
        user.reads("Promoted");
    }

    private static void readsTheRecord(StoryUser user, String id) {
        user.presses("Records");
        user.chooses(id);
        user.reads("The restore reached its target and takes writes");
        user.reads("Ada");
    }

    private static Instant instant(String target) {
        return Instant.parse(target.replace(' ', 'T'));
    }
}
