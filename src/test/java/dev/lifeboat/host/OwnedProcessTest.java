package dev.lifeboat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeboat.kernel.CancelToken;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What becomes of processes when the program that started them is killed. */
class OwnedProcessTest {
    @Test
    void ownedProcessesEndAndDetachedOnesRunOnWhenTheProgramIsKilled() throws Exception {
        assumeTrue(LocalHost.LINUX);
        assumeFalse(SignalsHere.ignored().contains("INT"), "children inherit it as ignored");
        Process program = startProgram();
        long owned;
        long detached;
        try (var printed =
                new BufferedReader(new InputStreamReader(program.getInputStream(), UTF_8))) {
            owned = Long.parseLong(printed.readLine());
            detached = Long.parseLong(printed.readLine());
            awaitItself(owned);
            program.destroyForcibly().waitFor();
        }

        try {
            ProcessHandle.of(owned)
                    .ifPresent(handle -> handle.onExit().orTimeout(20, TimeUnit.SECONDS).join());
            assertThat(ProcessHandle.of(detached)).isPresent();
        } finally {
            ProcessHandle.of(detached).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** From then on it is bound to its parent: before, it is still what binds it. */
    private static void awaitItself(long pid) throws Exception {
        Path name = Path.of("/proc/" + pid + "/comm");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (Files.exists(name)
                && !Files.readString(name).strip().equals("sleep")
                && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static Process startProgram() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Starts one process of each kind as the server user, tells their numbers and waits. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            var host = new LocalHost();
            var user = ServerUser.choose(host, Map.of());
            var sleep = ProcessSpec.of("sleep", "300").as(user);
            var owned = host.processes().start(sleep.endedBy(HostProcesses.Signal.INT));
            var detached = host.processes().start(sleep.detached());
            System.out.println(owned.pid() + "\n" + detached.pid());
            owned.waitFor(CancelToken.never());
        }
    }
}
