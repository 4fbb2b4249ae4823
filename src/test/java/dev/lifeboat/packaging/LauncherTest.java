package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * packaging/bin/lifeboat in a small checkout of its own, with a Maven and a JDK that only pretend.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir private Path folder;
    private Path checkout;
    private Path jdk;
    private Path programs;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = folder.resolve("a checkout");
        jdk = folder.resolve("jdk 25");
        programs = folder.resolve("programs");
        for (String file : List.of("bin/lifeboat", "app.sh", "jdk.sh", "push.sh")) {
            copy(Path.of("packaging").resolve(file), checkout.resolve("packaging").resolve(file));
        }
        for (String file :
                List.of(
                        "pom.xml",
                        "src/main/A.java",
                        "fxml/a.fxml",
                        "icons/a.svg",
                        ".ci/Format.java")) {
            write(checkout.resolve(file), "content of " + file);
        }
        write(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        program(jdk.resolve("bin/javac"), "exit 0");
        java("echo \"ran $*\"");
        program(
                programs.resolve("mvn"),
                "echo building >>'"
                        + folder
                        + "/builds'; echo noise of the build\n"
                        + "for word; do case $word in -Dlifeboat.target=*) target=${word#*=} ;; esac; done\n"
                        + "sleep 0.3; mkdir -p \"$target/lib\"\n"
                        + "touch \"$target/lifeboat-1.jar\" \"$target/lib/a.jar\" \"$target/lib/javafx-base.jar\"");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void program(Path file, String script) throws IOException {
        write(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * What the virtual machine does when it runs a command; making the start-up cache always works.
     */
    private void java(String script) throws IOException {
        program(
                jdk.resolve("bin/java"),
                "case \"$*\" in *Rehearsal*|*AOTMode=create*) exit 0 ;; esac\n" + script);
    }

    private Launch launcher() {
        return new Launch(checkout.resolve("packaging/bin/lifeboat"), folder)
                .variable("PATH", programs + ":" + System.getenv("PATH"))
                .variable("JAVA_HOME", jdk.toString());
    }

    private long builds() throws IOException {
        Path log = folder.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void buildsOnceAndSaysNothingOfItOnStdout() throws Exception {
        Launch.Result first = launcher().run("catalog", "a  b", "*");
        Launch.Result second = launcher().run("catalog");

        assertThat(first.status()).isZero();
        assertThat(first.stdout()).startsWith("ran ").hasLineCount(1);
        assertThat(first.stdout()).contains("dev.lifeboat.app.Main catalog a  b *");
        assertThat(first.stderr()).contains("building").contains("noise of the build");
        assertThat(second.stderr()).isEmpty();
        assertThat(builds()).isOne();
    }

    @Test
    void leavesTheWindowsLibrariesOffTheClassPath() throws Exception {
        assertThat(launcher().run("catalog").stdout())
                .contains("target/app/lib/a.jar")
                .doesNotContain("javafx");
    }

    @Test
    void judgesSourcesByContentAndNotByDate() throws Exception {
        launcher().run("catalog");
        Path source = checkout.resolve("src/main/A.java");
        FileTime time = Files.getLastModifiedTime(source);

        Files.setLastModifiedTime(source, FileTime.fromMillis(time.toMillis() + 100_000));
        launcher().run("catalog");
        assertThat(builds()).isOne();

        Files.writeString(source, "other content");
        Files.setLastModifiedTime(source, time);
        launcher().run("catalog");
        assertThat(builds()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "src/main/new.txt",
                "fxml/a.fxml",
                "icons/a.svg",
                ".ci/Format.java"
            })
    void buildsAgainWhenAnyInputChanges(String file) throws Exception {
        launcher().run("catalog");

        write(checkout.resolve(file), "new content");
        launcher().run("catalog");

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void buildsOnceMoreWhenTheSourcesChangeUnderTheBuild() throws Exception {
        Path source = checkout.resolve("src/main/A.java");
        Path maven = programs.resolve("mvn");
        String works = Files.readString(maven);
        Files.writeString(
                maven, works + "[ -e '" + source + "2' ] || echo new >'" + source + "2'\n");

        Launch.Result result = launcher().run("catalog");

        assertThat(result.stdout()).startsWith("ran ");
        assertThat(builds()).isEqualTo(2);
        launcher().run("catalog");
        assertThat(builds()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void buildsOnceWhenTwoStartAtTheSameTime(boolean flock) throws Exception {
        if (!flock) {
            hideFlock();
        }
        Launch launcher = launcher();
        if (!flock) {
            launcher.variable("PATH", programs.toString());
        }

        Process one = launcher.start("catalog");
        Process other = launcher.start("catalog");

        assertThat(launcher.end(one).stdout()).startsWith("ran ");
        assertThat(launcher.end(other).stdout()).startsWith("ran ");
        assertThat(builds()).isOne();
    }

    @Test
    void takesAwayTheLockOfABuildThatDied() throws Exception {
        hideFlock();
        Files.createDirectories(checkout.resolve("target/app"));
        Files.createSymbolicLink(checkout.resolve("target/app/lock.owner"), Path.of("999999999"));

        Launch.Result result = launcher().variable("PATH", programs.toString()).run("catalog");

        assertThat(result.stdout()).startsWith("ran ");
        assertThat(checkout.resolve("target/app/lock.owner")).doesNotExist();
    }

    /** Every program the script uses, but flock. */
    private void hideFlock() throws IOException {
        for (String name :
                List.of(
                        "dirname",
                        "find",
                        "sha256sum",
                        "sort",
                        "tr",
                        "cut",
                        "mkdir",
                        "mv",
                        "rm",
                        "ls",
                        "sed",
                        "readlink",
                        "ln",
                        "ps",
                        "sleep",
                        "uname",
                        "touch",
                        "cat",
                        "stty")) {
            for (String place : System.getenv("PATH").split(":")) {
                Path program = Path.of(place, name);
                if (Files.isExecutable(program) && !Files.exists(programs.resolve(name))) {
                    program(programs.resolve(name), "exec " + program + " \"$@\"");
                }
            }
        }
    }

    @Test
    void runsThroughSymbolicLinksFromAnywhere() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("my bin"));
        Path relative =
                Files.createSymbolicLink(
                        bin.resolve("boat"),
                        bin.relativize(checkout.resolve("packaging/bin/lifeboat")));
        Path twice = Files.createSymbolicLink(folder.resolve("twice"), relative);

        Launch.Result result =
                new Launch(twice, folder)
                        .variable("PATH", programs + ":" + System.getenv("PATH"))
                        .variable("JAVA_HOME", jdk.toString())
                        .in(Files.createDirectories(folder.resolve("elsewhere")))
                        .run("catalog");

        assertThat(result.stdout()).contains(checkout + "/target/app/");
    }

    @Test
    void givesTheEngineThreeOpenDescriptors() throws Exception {
        java("for n in 0 1 2; do [ -e /proc/$$/fd/$n ] || touch '" + folder + "/closed'; done");
        launcher().run("catalog");

        launcher().by("exec \"$@\" <&- >&- 2>&-").run("catalog");

        assertThat(folder.resolve("closed")).doesNotExist();
    }

    /** Status of the engine; what wal fetch, wal push and another command make of it. */
    @ParameterizedTest
    @CsvSource({
        "0, 255, 1, 0",
        "1, 255, 1, 1",
        "2, 255, 2, 2",
        "3, 255, 3, 3",
        "101, 0, 0, 101",
        "102, 1, 102, 102",
        "125, 255, 125, 125",
        "134, 255, 1, 134",
        "255, 255, 1, 255",
    })
    void makesAnswersOnlyOfWhatTheEngineAnnounced(int engine, int fetch, int push, int other)
            throws Exception {
        java("exit " + engine);

        assertThat(launcher().run("wal", "fetch", "A", "B").status()).isEqualTo(fetch);
        assertThat(launcher().run("--profile", "x", "wal", "fetch").status()).isEqualTo(fetch);
        assertThat(launcher().run("wal", "push", "A").status()).isEqualTo(push);
        assertThat(launcher().run("catalog").status()).isEqualTo(other);
        assertThat(launcher().run("wal", "find").status()).isEqualTo(other);
    }

    @Test
    void takesAKilledEngineForNoAnswer() throws Exception {
        java("kill -9 $$");

        assertThat(launcher().run("wal", "fetch", "A", "B").status()).isEqualTo(255);
        assertThat(launcher().run("wal", "push", "A").status()).isEqualTo(1);
    }

    @Test
    void asksTheEngineToStopWhenItIsAskedItself() throws Exception {
        launcher().run("catalog");
        java(
                "trap 'touch \""
                        + folder
                        + "/told\"; exit 101' TERM; touch '"
                        + folder
                        + "/up';"
                        + " while :; do sleep 0.1; done");
        Launch launcher = launcher();

        Process process = launcher.start("wal", "push", "A");
        while (!Files.exists(folder.resolve("up"))) {
            Thread.onSpinWait();
        }
        process.destroy();

        assertThat(launcher.end(process).status()).isZero();
        assertThat(folder.resolve("told")).exists();
    }

    @Test
    void saysWhatIsMissingWhenThereIsNoJdk() throws Exception {
        Launch none =
                launcher()
                        .variable("JAVA_HOME", "")
                        .variable("PATH", "/usr/bin:/bin")
                        .variable("LIFEBOAT_JDK_FOLDERS", "/nonexistent");

        Launch.Result result = none.run("catalog", "--json");

        assertThat(result.status()).isOne();
        assertThat(result.stderr()).contains("No JDK 25 or newer").contains("apt install");
        assertThat(result.stdout()).startsWith("{\"problem\":{\"code\":\"PROGRAM_MISSING\"");
        assertThat(none.run("wal", "fetch", "A", "B").status()).isEqualTo(255);
        assertThat(none.run("wal", "push", "A").status()).isOne();
    }

    @Test
    void refusesAnOlderJdkAndFindsANewerOneInItsFolders() throws Exception {
        Path old = folder.resolve("old");
        program(old.resolve("bin/java"), "exit 9");
        write(old.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");

        Launch.Result result =
                launcher()
                        .variable("JAVA_HOME", old.toString())
                        .variable("LIFEBOAT_JDK_FOLDERS", old + ":" + folder)
                        .run("catalog");

        assertThat(result.stdout()).startsWith("ran ");
    }

    @Test
    void saysWhatIsMissingWhenThereIsNoMaven() throws Exception {
        hideFlock();
        Files.delete(programs.resolve("mvn"));
        Launch none = launcher().variable("PATH", programs.toString());

        assertThat(none.run("catalog").stderr()).contains("Maven was not found");
        assertThat(none.run("wal", "fetch", "A", "B").status()).isEqualTo(255);
    }

    @Test
    void tellsAFailedBuildAndTriesAgainNextTime() throws Exception {
        Path maven = programs.resolve("mvn");
        String works = Files.readString(maven);
        program(maven, "echo '[ERROR] it does not compile'; exit 1");

        Launch.Result failed = launcher().run("catalog");

        assertThat(failed.status()).isOne();
        assertThat(failed.stdout()).isEmpty();
        assertThat(failed.stderr()).contains("it does not compile").contains("could not be built");
        assertThat(launcher().run("wal", "fetch", "A", "B").status()).isEqualTo(255);

        Files.writeString(maven, works);
        assertThat(launcher().run("catalog").stdout()).startsWith("ran ");
    }

    @Test
    void startsWithoutTheCacheWhenItCouldNotBeMade() throws Exception {
        program(
                jdk.resolve("bin/java"),
                "case \"$*\" in *Rehearsal*) exit 1 ;; esac; echo \"ran $*\"");

        Launch.Result result = launcher().run("catalog");

        assertThat(result.stdout()).startsWith("ran ").doesNotContain("AOTCache");
        assertThat(result.stderr()).contains("start slower");
    }
}
