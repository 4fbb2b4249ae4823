package dev.lifeboat.ui.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.sandbox.StorySandbox;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.time.Instant;

/**
 * The console on a real sandbox when more goes wrong than the database: the wrong key, an engine
 * that is killed, and, since nothing brings it back, a dark region last.
 */
@TestMethodOrder(OrderAnnotation.class)
class ConsoleTroubleIT {
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
    @Order(1)
    void aWrongKeyIsToldAndNothingBegins() throws Exception {
        var user = new StoryUser("wrong-key");
        try (var _ = new StoryWindow(sandbox)) {
            user.reads("To when can I go back?");
            switchesTo(user, StorySandbox.WRONG_KEY);
            user.keys(KeyCode.CONTROL, KeyCode.DIGIT4);
            user.presses("Latest restorable. Everything the archive holds. Loses the least.");
            user.presses("Make the plan");
            user.reads("KEY_WRONG");
            assertThat(sandbox.restores()).isEmpty();

            switchesTo(user, StorySandbox.PROFILE);
            user.keys(KeyCode.CONTROL, KeyCode.DIGIT4);
            user.presses("Latest restorable. Everything the archive holds. Loses the least.");
            user.presses("Make the plan");
            user.reads("Before it starts");
            user.noLongerReads("KEY_WRONG");
        }
    }

    @Test
    @Order(2)
    void aKilledRestoreIsOfferedAgainAndGoesOn() throws Exception {
        var user = new StoryUser("killed");
        String id;
        Instant commit;
        try (var _ = new StoryWindow(sandbox)) {
            commit = plansUpToBeforeTheDrop(user);
            id = starts(user);
            sandbox.killOnce(id, "frame-placed");
            user.reads("Interrupted");
        }
        assertThat(sandbox.restore(id).state()).isEqualTo(RestoreState.INTERRUPTED);

        try (var _ = new StoryWindow(sandbox)) {
            user.reads("was interrupted and can go on where it stopped.");
            user.presses("Show it");
            user.presses("#act-resume");
            user.reads("Paused at the target");
        }
        theCopyHoldsWhatWasThereAt(id, commit);
    }

    @Test
    @Order(3)
    void withoutItsPrimaryRegionARestoreComesFromTheOther() throws Exception {
        sandbox.losePrimaryRegion();
        var user = new StoryUser("region");
        try (var _ = new StoryWindow(sandbox)) {
            user.presses("Close this notice"); // of the copy that still waits
            user.reads("unreachable");
            Instant commit = plansUpToBeforeTheDrop(user);
            String id = starts(user);
            user.reads("Paused at the target");
            theCopyHoldsWhatWasThereAt(id, commit);
        }
    }

    private static void theCopyHoldsWhatWasThereAt(String id, Instant commit) throws Exception {
        String copy = sandbox.restore(id).connection().orElseThrow();
        assertThat(sandbox.difference(copy, commit)).isEmpty();
    }

    private static void switchesTo(StoryUser user, String profile) {
        user.keys(KeyCode.CONTROL, KeyCode.K);
        user.types("Type what you want to do", "Switch to " + profile);
        user.keys(KeyCode.ENTER);
    }

    /** From the incident to the plan that ends at the commit before the drop; when that was. */
    private static Instant plansUpToBeforeTheDrop(StoryUser user) {
        user.keys(KeyCode.CONTROL, KeyCode.DIGIT1);
        user.presses("Incident");
        user.presses(
                "Exact moment. Up to a time, a transaction or a restore point: before a mistake"
                        + " was made.");
        user.presses("Find damage");
        user.presses("Search everything");
        user.chooses(TABLE);
        user.presses("Restore to just before this");
        user.reads("just before DROP public." + TABLE);
        user.turnsToTheTimeline();
        user.keys(KeyCode.CONTROL, KeyCode.LEFT);
        user.noLongerReads("just before DROP");
        Instant commit = Instant.parse(user.text(TARGET).replace(' ', 'T'));
        user.presses("Plan the restore ▸");
        user.reads("Before it starts");
        return commit;
    }

    /** Vouches and starts; the id of the restore. */
    private static String starts(StoryUser user) {
        user.types("#attest-team-notified", "Ada");
        user.keys(KeyCode.ENTER);
        user.types("#attest-state-documented", "Ada");
        user.keys(KeyCode.ENTER);
        user.presses("#start");
        return user.text("Restore mockupaws_.+").substring("Restore ".length());
    }
}
