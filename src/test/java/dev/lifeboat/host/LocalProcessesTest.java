package dev.lifeboat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeboat.host.HostProcesses.Signal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class LocalProcessesTest {
    private final Host host = new LocalHost();
    private final HostProcesses processes = host.processes();
    @TempDir Path dir;

    @Test
    void tellsOutputErrorAndStatusApart() throws Exception {
        var process = processes.start(sh("echo out; echo err >&2; exit 7"));

        assertThat(process.stdout().readAllBytes()).asString().isEqualTo("out\n");
        assertThat(process.stderr().readAllBytes()).asString().isEqualTo("err\n");
        assertThat(process.waitFor(CancelToken.never())).isEqualTo(7);
    }

    @Test
    void feedsStandardInput() throws Exception {
        var process = processes.start(ProcessSpec.of("cat").fed());

        try (var stdin = process.stdin()) {
            stdin.write("bytes".getBytes(UTF_8));
        }

        assertThat(process.stdout().readAllBytes()).asString().isEqualTo("bytes");
    }

    @Test
    void keepsItsOwnEnvironmentToItself() throws Exception {
        var process = processes.start(ProcessSpec.of("env").with(Map.of("GIVEN", "yes")));

        List<String> names =
                new String(process.stdout().readAllBytes(), UTF_8)
                        .lines()
                        .map(line -> line.replaceFirst("=.*", ""))
                        .toList();

        assertThat(names).contains("GIVEN", "PATH");
        assertThat(names)
                .isSubsetOf(
                        "GIVEN",
                        "PATH",
                        "HOME",
                        "TMPDIR",
                        "TZ",
                        "LD_LIBRARY_PATH",
                        "KRB5CCNAME",
                        "KRB5_CONFIG");
    }

    @Test
    void handsOnNoFileDescriptorButTheThree() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        try (var _ = Files.newInputStream(Files.writeString(dir.resolve("open"), "x"))) {
            var process = processes.start(ProcessSpec.of("sleep", "60").detached());
            try (var open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
                assertThat(open.map(fd -> fd.getFileName().toString()))
                        .containsExactlyInAnyOrder("0", "1", "2");
            } finally {
                process.kill();
            }
        }
    }

    @Test
    void runsInASessionOfItsOwn() throws Exception {
        var process = processes.start(sh("ps -o sid= -p $$"));

        assertThat(process.stdout().readAllBytes())
                .asString()
                .isEqualToIgnoringWhitespace(Long.toString(process.pid()));
    }

    @Test
    void runsAsTheServerUser() throws Exception {
        assumeTrue(host.currentUser().isRoot());
        OsUser server = ServerUser.choose(host, Map.of());

        var process = processes.start(ProcessSpec.of("id", "-un").as(server));

        assertThat(process.stdout().readAllBytes()).asString().isEqualTo(server.name() + "\n");
    }

    @Test
    void changesUserAndSessionWhereThereIsNoSetpriv() throws Exception {
        assumeTrue(host.currentUser().isRoot() && Files.isExecutable(Path.of("/usr/bin/perl")));
        OsUser server = ServerUser.choose(host, Map.of());
        var process =
                processes.start(
                        ProcessSpec.of(
                                "/usr/bin/perl",
                                "-MPOSIX",
                                "-e",
                                ProcessLauncher.WITHOUT_SETPRIV,
                                Integer.toString(server.uid()),
                                Integer.toString(server.gid()),
                                "/bin/sh",
                                "-c",
                                "id -u; id -g; id -G; ps -o sid= -p $$"));

        assertThat(new String(process.stdout().readAllBytes(), UTF_8).split("\\s+"))
                .containsExactly(
                        Integer.toString(server.uid()),
                        Integer.toString(server.gid()),
                        Integer.toString(server.gid()),
                        Long.toString(process.pid()));
    }

    @Test
    void findsWhoWorksInADirectoryUnderAnyName() throws Exception {
        assumeTrue(LocalHost.LINUX);
        Path link = Files.createSymbolicLink(dir.resolve("link"), dir);
        var process = processes.start(ProcessSpec.of("sleep", "60").in(dir));

        try {
            assertThat(processes.workingIn(link)).containsExactly(process.pid());
            assertThat(processes.tellsDirectory(process.pid())).isTrue();
        } finally {
            process.kill();
        }
    }

    @Test
    void theThreadThatAskedMayEndBeforeTheProcess() throws Exception {
        var process = new HostProcess[1];
        Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                process[0] = processes.start(ProcessSpec.of("sleep", "60"));
                            } catch (RecoveryException failed) {
                                throw new AssertionError(failed);
                            }
                        })
                .join();

        try {
            assertThat(process[0].waitFor(Duration.ofMillis(300), CancelToken.never())).isEmpty();
        } finally {
            process[0].kill();
        }
    }

    @Test
    void leavesTheProcessRunningWhenTheWaitIsCancelled() throws Exception {
        var process = processes.start(ProcessSpec.of("sleep", "60"));
        var cancel = new CancelToken();
        cancel.cancel();

        try {
            assertThatThrownBy(() -> process.waitFor(cancel))
                    .isInstanceOf(CancelledException.class);
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.kill();
        }
    }

    @Test
    void signalsAProcessItKnowsByNumberOnly() throws Exception {
        assumeFalse(SignalsHere.ignored().contains("INT"), "children inherit it as ignored");
        var process = processes.start(ProcessSpec.of("sleep", "60"));

        assertThat(processes.command(process.pid())).endsWith("60");
        processes.signal(process.pid(), Signal.INT);

        assertThat(process.waitFor(CancelToken.never())).isEqualTo(130);
        assertThat(processes.isAlive(process.pid())).isFalse();
        processes.signal(process.pid(), Signal.TERM);
    }

    @Test
    void saysThatAProgramIsMissingBeforeAnythingStarts() {
        assertThatThrownBy(() -> processes.start(ProcessSpec.of("no-such-program-here")))
                .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                .returns(ProblemCode.PROGRAM_MISSING, RecoveryException::code);
    }

    private static ProcessSpec sh(String script) {
        return ProcessSpec.of("sh", "-c", script);
    }
}
