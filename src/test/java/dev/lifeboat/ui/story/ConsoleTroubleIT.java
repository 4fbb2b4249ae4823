package dev.lifeboat.ui.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.journal.Event;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.Stage;
import dev.lifeboat.sandbox.SlowLines;
import dev.lifeboat.sandbox.StorySandbox;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The console on a real sandbox when something is wrong with what a restore needs. */
class ConsoleTroubleIT {
    private static StorySandbox sandbox;

    /** Shortly before the drop, whose lock would keep everybody from looking. */
    private static Instant target;

    @BeforeAll
    static void playUpToTheIncident() throws Exception {
        sandbox = StorySandbox.start();
        target = sandbox.dropped().minus(100, ChronoUnit.MILLIS);
    }

    @AfterAll
    static void endTheSandbox() throws Exception {
        sandbox.close();
    }

    @BeforeEach
    void beginAfresh() throws Exception {
        sandbox.moveHouse();
    }

    @Test
    void leadsBackFromDrWhileThePrimaryRegionIsDown() throws Exception {
        var user = new StoryUser("dark");
        sandbox.losePrimaryRegion();
        try (var window = new StoryWindow(sandbox)) {
            tellsOfTheSilentRegion(user);
            user.types("Type a time: now-15m, 02:52, a log line…", target.toString());
            user.keys(KeyCode.ENTER);
            user.presses("Plan the restore ▸");
            user.reads("Region primary is not part of what was seen");
            user.presses("Change it");
            user.picks("#region", "DR region only");
            user.presses("Make the plan");
            user.reads("DR region only");
            user.reads("Before it starts");
            String id = starts(user);
            user.reads("Paused at the target");
            theCopyHoldsWhatWasThere(id);
            assertThat(sandbox.restore(id).plan().region()).isEqualTo("dr");
            assertThat(window.standstills()).isEmpty();
        } finally {
            sandbox.findPrimaryRegion();
        }
    }

    /** In words, on every screen that shows what a region holds. */
    private static void tellsOfTheSilentRegion(StoryUser user) {
        user.reads("unreachable");
        user.reads("Nothing is known of the primary region");
        user.presses("Catalog");
        user.reads("The primary region does not answer: what is shown is what the DR region has.");
        user.reads("STORAGE_UNREACHABLE");
        user.presses("Timeline");
        user.reads("Could not list 'wal/' in s3://mockupaws-wal-archive");
        user.reads("DR ✓ has all, primary ? not asked");
    }

    @Test
    void saysWhichKeyIsWantedAndGoesOnOnceItIsThere() throws Exception {
        var user = new StoryUser("wrong-key");
        try (var window = new StoryWindow(sandbox.variables(), StorySandbox.WRONG_KEY)) {
            tellsOfTheWrongKey(user);
            user.presses("Plan the restore ▸");
            user.reads("was encrypted under another key.");
            user.reads("KEY_WRONG");
            user.reads("Set BACKUP_ENCRYPTION_KEY to the key with that fingerprint");
            assertThat(user.canPress("#start")).isFalse();
            assertThat(sandbox.hasRestores()).isFalse();
            sandbox.putTheRightKey();
            user.keys(KeyCode.F5);
            user.reads("Before it starts");
            assertThat(user.says("KEY_WRONG")).isFalse();
            forgetsTheWrongKey(user);
            assertThat(window.standstills()).isEmpty();
        }
    }

    /** What was listed is told, and nowhere as if it could be read. */
    private static void tellsOfTheWrongKey(StoryUser user) {
        user.reads("No key known here opens the newest base backup");
        user.reads("Set BACKUP_ENCRYPTION_KEY to the key with that fingerprint");
        user.reads("Not with the keys known here");
        user.reads("Never proven by a restore.");
        user.presses("Catalog");
        user.reads("none proven");
        user.chooses("mockupaws_base_");
        user.reads("key not known");
        user.reads("KEY_WRONG");
        user.presses("Timeline");
        user.reads("1 of 1 bases opens with no key known here: no restore can begin from it.");
        user.reads("✕ no key known here opens the base");
    }

    /** Asked anew, every screen tells what the right key opens. */
    private static void forgetsTheWrongKey(StoryUser user) {
        user.presses("Timeline");
        user.keys(KeyCode.F5);
        user.noLongerReads("no key known here");
        user.presses("Catalog");
        user.keys(KeyCode.F5);
        user.noLongerReads("key not known");
        user.noLongerReads("KEY_WRONG");
        user.presses("Health");
        user.keys(KeyCode.F5);
        user.noLongerReads("keys known here");
        user.reads("To when can I go back?");
    }

    @Test
    void goesOnAfterAKillInTheMiddle() throws Exception {
        var user = new StoryUser("killed");
        try (var lines = new SlowLines(sandbox.variables())) {
            String id = leavesARestoreRunning(user, lines);
            killsItWhileItIsShown(user, lines, id);
            lines.quick();
            try (var window = new StoryWindow(lines.variables(), StorySandbox.PROFILE)) {
                user.presses("Health");
                user.reads("The restore " + id + " was interrupted and can go on");
                user.presses("Show it");
                user.presses("Resume");
                user.reads("Paused at the target");
                theCopyHoldsWhatWasThere(id);
                assertThat(window.standstills()).isEmpty();
            }
        }
    }

    /** The window is closed while the base is fetched over a slow line. */
    private static String leavesARestoreRunning(StoryUser user, SlowLines lines) throws Exception {
        try (var window = new StoryWindow(lines.variables(), StorySandbox.PROFILE)) {
            user.presses("Restore");
            user.presses(
                    "Exact moment. Up to a time, a transaction or a restore point: before a"
                            + " mistake was made.");
            user.types("Time (UTC unless it says otherwise)", target.toString());
            user.presses("Make the plan");
            user.reads("Before it starts");
            lines.slow(100_000);
            String id = starts(user);
            user.reads("Under way: base");
            assertThat(window.standstills()).isEmpty();
            return id;
        }
    }

    private static void killsItWhileItIsShown(StoryUser user, SlowLines lines, String id)
            throws Exception {
        try (var window = new StoryWindow(lines.variables(), StorySandbox.PROFILE)) {
            user.reads(id);
            user.presses("Open");
            user.reads("Under way: base");
            assertThat(user.canPress("Resume")).isFalse();
            kill(id);
            user.reads("Interrupted");
            RestoreView left = sandbox.restore(id);
            assertThat(left.state()).isEqualTo(RestoreState.INTERRUPTED);
            assertThat(left.stage()).contains(Stage.FETCH);
            assertThat(window.standstills()).isEmpty();
        }
    }

    /** By SIGKILL, as whoever runs out of memory is. */
    private static void kill(String id) throws Exception {
        Event began = sandbox.restore(id).history().last("restore-began").orElseThrow();
        ProcessHandle engine = ProcessHandle.of(began.number("pid")).orElseThrow();
        assertThat(engine.destroyForcibly()).isTrue();
        engine.onExit().get();
    }

    /** Vouches and starts; the id of the restore. */
    private static String starts(StoryUser user) {
        for (String item : new String[] {"team-notified", "state-documented"}) {
            user.types("#attest-" + item, "Ada");
            user.keys(KeyCode.ENTER);
        }
        user.presses("#start");
        return user.text("Restore mockupaws_.+").substring("Restore ".length());
    }

    private static void theCopyHoldsWhatWasThere(String id) throws Exception {
        RestoreView copy = sandbox.restore(id);
        assertThat(copy.state()).isEqualTo(RestoreState.PAUSED);
        assertThat(sandbox.rows("scenario_logs", target)).isPositive();
        assertThat(sandbox.difference(copy.connection().orElseThrow(), target)).isEmpty();
    }
}
