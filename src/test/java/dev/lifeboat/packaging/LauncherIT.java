package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** The launcher of this very checkout, with the real Maven and the real virtual machine. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    private static final Path LAUNCHER = Path.of("packaging/bin/lifeboat").toAbsolutePath();
    @TempDir private Path folder;

    private Launch launcher() {
        return new Launch(LAUNCHER, folder);
    }

    @Test
    void startsTheProgramThatTheSourcesSay() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("a link"), LAUNCHER);
        new Launch(link, folder).run("--version");

        Launch.Result second = new Launch(link, folder).by("exec \"$@\" <&-").run("--version");

        assertThat(second.status()).isZero();
        assertThat(second.stdout()).matches("lifeboat \\S+\\R");
        assertThat(second.stderr()).isEmpty();
    }

    @Test
    void passesStatusAndStreamsOn() throws Exception {
        launcher().run("--version");

        Launch.Result result = launcher().run("no-such-command", "--json");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.stdout()).startsWith("{\"problem\":{");
        assertThat(result.stderr()).startsWith("lifeboat: ");
    }

    @Test
    void readsKeysInUtf8UnderAnyLocale() throws Exception {
        launcher().run("--version");

        Launch.Result result = launcher().variable("LANG", "C").run("schlüssel");

        assertThat(result.stderr()).contains("'schlüssel'");
    }

    @Test
    void takesAMachineThatCannotStartForNoAnswer() throws Exception {
        Launch broken = launcher().variable("JDK_JAVA_OPTIONS", "-Xmsnonsense");

        assertThat(broken.run("wal", "fetch", "A", "B").status()).isEqualTo(255);
        assertThat(broken.run("wal", "push", "A").status()).isEqualTo(1);
    }

    @Test
    void takesWrongUsageForNoAnswer() throws Exception {
        assertThat(launcher().run("wal", "fetch").status()).isEqualTo(255);
        assertThat(launcher().run("wal", "fetch", "--help").status()).isEqualTo(255);
        assertThat(launcher().run("wal", "push", "--help").status()).isBetween(1, 125);
    }
}
