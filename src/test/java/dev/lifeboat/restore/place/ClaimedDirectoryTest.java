package dev.lifeboat.restore.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.place.ClaimedDirectory.State;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** The rule "data directory in use, not empty, or of another cluster". */
class ClaimedDirectoryTest {
    @TempDir Path folder;
    private final Host host = new LocalHost();

    @Test
    void makesADirectoryAndRemovesItAgain() throws Exception {
        ClaimedDirectory data = directory("mine");

        data.claim();
        Files.createDirectories(data.path().resolve("base/5"));
        Files.writeString(data.path().resolve("base/5/1"), "x");
        assertThat(data.state()).isEqualTo(State.OURS);
        data.claim();
        data.remove();

        assertThat(data.state()).isEqualTo(State.ABSENT);
        data.remove();
    }

    @Test
    void leavesTheDirectoryThatItFoundEmpty() throws Exception {
        ClaimedDirectory data = directory("mine");
        Files.createDirectory(data.path());

        data.claim();
        Files.writeString(data.path().resolve("PG_VERSION"), "15");
        data.remove();

        assertThat(data.path()).isEmptyDirectory();
    }

    @Test
    void neverTouchesWhatItDidNotMake() throws Exception {
        Path path = Files.createDirectory(folder.resolve("data"));
        Files.writeString(path.resolve("PG_VERSION"), "15");
        ClaimedDirectory data = directory("mine");

        assertThat(data.state()).isEqualTo(State.FOREIGN);
        refuses(data::claim);
        refuses(data::clear);
        refuses(data::remove);
        assertThat(path.resolve("PG_VERSION")).hasContent("15");
    }

    @Test
    void takesTheDirectoryOfAnotherRestoreForForeign() throws Exception {
        directory("other").claim();

        refuses(directory("mine")::claim);
        refuses(directory("mine")::remove);
        assertThat(directory("other").state()).isEqualTo(State.OURS);
    }

    @Test
    void takesAFileForForeign() throws Exception {
        Files.writeString(folder.resolve("data"), "a file");

        refuses(directory("mine")::claim);
        refuses(directory("mine")::remove);
    }

    @Test
    void clearsEverythingButTheMarkerAndNothingBehindALink() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "untouched");
        ClaimedDirectory data = directory("mine");
        data.claim();
        Files.createSymbolicLink(data.path().resolve("pg_wal"), outside);

        data.clear();

        assertThat(data.state()).isEqualTo(State.OURS);
        assertThat(data.path().resolve("pg_wal")).doesNotExist();
        assertThat(outside.resolve("victim")).hasContent("untouched");
    }

    private ClaimedDirectory directory(String restore) {
        return new ClaimedDirectory(
                folder.resolve("data"), restore, host.files(), host.currentUser());
    }

    private static void refuses(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.TARGET_NOT_EMPTY));
    }
}
