package dev.lifeboat.restore.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.restore.WalNeed;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The rule "restore_command fails": 0 served, 1 only when known not to be needed, else 255. Run
 * under every shell at hand.
 */
class ServeScriptTest {
    private static final String FIRST = "000000010000000000000005";
    private static final String SECOND = "000000010000000000000006";
    private static final String HISTORY = "00000002.history";
    private static final String BEHIND_THE_END = "0000000100000000000000FF";
    private static final int SERVED = 0;
    private static final int END_OF_WAL = 1;
    private static final int COULD_NOT_KNOW = 255;

    @TempDir Path folder;
    private final Host host = new LocalHost();
    private Path data;
    private Path root;
    private SpoolRun run;

    static Stream<String> shells() {
        return Stream.of("/bin/sh", "/bin/dash", "/bin/bash", "/bin/busybox")
                .filter(shell -> Files.isExecutable(Path.of(shell)))
                .map(shell -> shell.endsWith("busybox") ? shell + " sh" : shell);
    }

    @BeforeEach
    void beginARun() throws Exception {
        data = Files.createDirectories(folder.resolve("it's 100% data/pg_wal")).getParent();
        root = folder.resolve("it's 100% spool");
        var spool = new Spool(root, host.files(), host.currentUser(), host.currentUser());
        run =
                spool.nextRun(
                        new WalNeed(List.of(FIRST, SECOND), List.of(HISTORY), 16 * 1024 * 1024),
                        data.resolve("pg_wal"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void servesWhatIsReadyByMovingItAndNeverByALink(String shell) throws Exception {
        ready(FIRST, "wal");

        assertThat(answer(shell, FIRST)).isEqualTo(SERVED);

        assertThat(data.resolve("pg_wal/RECOVERYXLOG")).hasContent("wal");
        assertThat(Files.getAttribute(data.resolve("pg_wal/RECOVERYXLOG"), "unix:nlink"))
                .isEqualTo(1);
        assertThat(run.isReady(FIRST)).isFalse();
        assertThat(run.isServed(FIRST)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void leavesAHistoryInPlaceForTheNextTimeItIsAskedFor(String shell) throws Exception {
        ready(HISTORY, "1\t0/5000000\tno reason\n");

        assertThat(answer(shell, HISTORY)).isEqualTo(SERVED);
        assertThat(answer(shell, HISTORY)).isEqualTo(SERVED);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void answersAtOnceWithoutAnEngineWhatThePlanDoesNotNeed(String shell) throws Exception {
        run.close();

        assertThat(answer(shell, "00000003.history")).isEqualTo(END_OF_WAL);
        assertThat(answer(shell, BEHIND_THE_END)).isEqualTo(END_OF_WAL);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void letsTheServerTakeFromItsOwnFolderWhatItWasServedBefore(String shell) throws Exception {
        ready(FIRST, "wal");
        assertThat(answer(shell, FIRST)).isEqualTo(SERVED);
        Files.move(data.resolve("pg_wal/RECOVERYXLOG"), data.resolve("pg_wal/" + FIRST));

        assertThat(answer(shell, FIRST)).isEqualTo(END_OF_WAL);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void doesNotTrustAFileInTheServersFolderThatItNeverServed(String shell) throws Exception {
        Files.writeString(data.resolve("pg_wal/" + FIRST), "recycled");
        run.close();

        assertThat(answer(shell, FIRST)).isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void waitsForTheEngineAndServesWhatItPutsThere(String shell) throws Exception {
        Process waiting = start(shell, FIRST);
        awaitRequest(FIRST);

        ready(FIRST, "late");

        assertThat(status(waiting)).isEqualTo(SERVED);
        assertThat(data.resolve("pg_wal/RECOVERYXLOG")).hasContent("late");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenTheEngineSaysSo(String shell) throws Exception {
        Process waiting = start(shell, FIRST);
        awaitRequest(FIRST);

        run.answerUnknown(FIRST);

        assertThat(status(waiting)).isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenTheEngineClosedTheSpool(String shell) throws Exception {
        Process waiting = start(shell, FIRST);
        awaitRequest(FIRST);

        run.close();

        assertThat(status(waiting)).isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenTheEngineDiesWithoutAWord(String shell) throws Exception {
        Path script = root.resolve("serve");
        String patient = Files.readString(script);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(script, patient.replace("PATIENCE=600", "PATIENCE=20"));
        assertThat(patient).contains("PATIENCE=600");
        Process waiting = start(shell, FIRST);

        assertThat(waiting.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(waiting.exitValue()).isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void findsNothingInTheRunOfAnEarlierStart(String shell) throws Exception {
        Process leftOver = start(shell, FIRST);
        awaitRequest(FIRST);

        var spool = new Spool(root, host.files(), host.currentUser(), host.currentUser());
        SpoolRun next =
                spool.nextRun(
                        new WalNeed(List.of(FIRST), List.of(), 16 << 20), data.resolve("pg_wal"));
        Files.writeString(next.incoming(FIRST), "for the new server");
        next.publish(next.incoming(FIRST), FIRST);

        assertThat(status(leftOver)).isEqualTo(COULD_NOT_KNOW);
        assertThat(next.isReady(FIRST)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenPartsOfTheSpoolAreMissing(String shell) throws Exception {
        for (String part : List.of("needed", "ready", "wanted", "heartbeat")) {
            Path hidden = run.folder().resolve("hidden");
            Files.move(run.folder().resolve(part), hidden);
            assertThat(answer(shell, FIRST)).as("without " + part).isEqualTo(COULD_NOT_KNOW);
            assertThat(answer(shell, HISTORY)).as("without " + part).isEqualTo(COULD_NOT_KNOW);
            Files.move(hidden, run.folder().resolve(part));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenTheMarkOfServiceCannotBeWritten(String shell) throws Exception {
        Files.delete(run.folder().resolve("served"));
        ready(FIRST, "wal");

        assertThat(answer(shell, FIRST)).isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenTheListOfWhatIsNeededWasCutOff(String shell) throws Exception {
        Path needed = run.folder().resolve("needed");
        Files.writeString(needed, FIRST + "\n");

        assertThat(answer(shell, BEHIND_THE_END)).isEqualTo(COULD_NOT_KNOW);
        Files.writeString(needed, "");
        assertThat(answer(shell, BEHIND_THE_END)).isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenTheScriptIsGoneEmptyOrCutOffAnywhere(String shell) throws Exception {
        ready(FIRST, "wal");
        Path script = root.resolve("serve");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
        String whole = Files.readString(script);
        int serves = whole.indexOf("mv -f");
        for (int length = 0; length < serves; length += 97) {
            Files.writeString(script, whole.substring(0, length));
            assertThat(answer(shell, FIRST)).as("cut at " + length).isEqualTo(COULD_NOT_KNOW);
            assertThat(answer(shell, "garbage")).isEqualTo(COULD_NOT_KNOW);
        }
        Files.delete(script);

        assertThat(answer(shell, FIRST)).isEqualTo(COULD_NOT_KNOW);
        assertThat(run.isReady(FIRST)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenTheDiskIsFullWhileItCopies(String shell) throws Exception {
        ready(HISTORY, "1\t0/5000000\tno reason\n");

        assertThat(status(start(shell, HISTORY, "/dev/full"))).isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenTheMoveFails(String shell) throws Exception {
        ready(FIRST, "wal");

        assertThat(status(start(shell, FIRST, "no_such_folder/RECOVERYXLOG")))
                .isEqualTo(COULD_NOT_KNOW);
        assertThat(run.isReady(FIRST)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenAStepOfItIsKilled(String shell) throws Exception {
        ready(HISTORY, "1\t0/5000000\tno reason\n");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Process copying = start(shell, HISTORY, pipe.toString());

        descendant(copying, "cp").destroyForcibly();

        assertThat(status(copying)).isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenItIsKilledItself(String shell) throws Exception {
        Process waiting = start(shell, FIRST);
        awaitRequest(FIRST);

        descendant(waiting, "serve").destroyForcibly();

        assertThat(status(waiting)).isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void cannotKnowWhenItIsCalledWithoutANameOrByAShellThatIsNotThere(String shell)
            throws Exception {
        assertThat(status(start(shell, ""))).isEqualTo(COULD_NOT_KNOW);
        assertThat(status(shell(shell, command("/no/such/shell", FIRST, "pg_wal/RECOVERYXLOG"))))
                .isEqualTo(COULD_NOT_KNOW);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void worksInAnEmptyEnvironment(String shell) throws Exception {
        ready(FIRST, "wal");
        ProcessBuilder bare = builder(shell, command(shell, FIRST, "pg_wal/RECOVERYXLOG"));
        bare.environment().clear();

        assertThat(status(bare.start())).isEqualTo(SERVED);
    }

    private void ready(String name, String content) throws Exception {
        Files.writeString(run.incoming(name), content);
        run.publish(run.incoming(name), name);
    }

    private void awaitRequest(String name) throws Exception {
        while (!run.wanted().contains(name)) {
            Thread.sleep(5);
        }
    }

    private int answer(String shell, String name) throws Exception {
        if (name.isEmpty() || isNotReadyAndNeeded(name)) {
            run.close();
        }
        int status = status(start(shell, name));
        Files.deleteIfExists(run.folder().resolve("closed"));
        return status;
    }

    /** A question that would wait for an engine is closed beforehand, so that tests do not wait. */
    private boolean isNotReadyAndNeeded(String name) {
        return name.equals(FIRST) && !run.isReady(FIRST) && Files.exists(run.folder());
    }

    private Process start(String shell, String name) throws IOException {
        return start(shell, name, "pg_wal/RECOVERYXLOG");
    }

    private Process start(String shell, String name, String path) throws IOException {
        return shell(shell, command(shell, name, path));
    }

    /** What PostgreSQL hands to its shell. */
    private String command(String shell, String name, String path) {
        String template = RestoreCommand.text("SHELL", Spool.script(root), run.folder());
        return template.replace("'SHELL'", shell)
                .replace("%%", "\0")
                .replace("%f", name)
                .replace("%p", path)
                .replace("\0", "%");
    }

    private Process shell(String shell, String command) throws IOException {
        return builder(shell, command).start();
    }

    private ProcessBuilder builder(String shell, String command) {
        List<String> line =
                Stream.concat(Stream.of(shell.split(" ")), Stream.of("-c", command)).toList();
        return new ProcessBuilder(line)
                .directory(data.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private static int status(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static ProcessHandle descendant(Process process, String name)
            throws InterruptedException {
        while (true) {
            var found =
                    process.descendants()
                            .filter(each -> each.info().commandLine().orElse("").contains(name))
                            .reduce((outer, inner) -> inner);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(5);
        }
    }
}
