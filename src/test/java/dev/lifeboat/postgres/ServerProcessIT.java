package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.host.HostProcesses.Signal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ServerProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void startsServesAndStops() throws Exception {
        try (var cluster = TestCluster.started()) {
            assertThat(cluster.value("select 40 + 2")).isEqualTo("42");
            var running = RunningServer.on(cluster.host, cluster.dataDirectory).orElseThrow();
            assertThat(running.port()).isEqualTo(cluster.port);
            assertThat(running.pid()).isEqualTo(cluster.server().pid());
            assertThat(running.state()).isEqualTo(ServerState.READY);

            var server = cluster.server();
            cluster.stop(StopMode.FAST);

            assertThat(server.exitStatus()).contains(0);
            assertThat(RunningServer.on(cluster.host, cluster.dataDirectory)).isEmpty();
        }
    }

    @Test
    void runsOnTheDirectoryItWasGivenWhateverTheConfigurationNames() throws Exception {
        try (var old = TestCluster.started();
                var copy = TestCluster.create()) {
            Files.writeString(
                    copy.dataDirectory.resolve("postgresql.conf"),
                    "data_directory = '"
                            + old.dataDirectory
                            + "'\n"
                            + "hba_file = '/nowhere/pg_hba.conf'\n"
                            + "ident_file = '/nowhere/pg_ident.conf'\n"
                            + "external_pid_file = '/nowhere/pid'\n",
                    StandardOpenOption.APPEND);

            copy.start();

            assertThat(copy.value("select setting from pg_settings where name = 'data_directory'"))
                    .isEqualTo(copy.dataDirectory.toString());
            copy.stop(StopMode.FAST);
            assertThat(old.value("select 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesASecondServerOnTheSameDirectory() throws Exception {
        try (var cluster = TestCluster.started()) {
            refuses(
                    ProblemCode.TARGET_IN_USE,
                    () -> ServerProcess.start(cluster.host, cluster.serverStart()));
            refuses(
                    ProblemCode.TARGET_IN_USE,
                    () -> ServerProcess.requireNothingRuns(cluster.host, cluster.dataDirectory));
            assertThat(cluster.value("select 1")).isEqualTo("1");
        }
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (var one = TestCluster.started();
                var other = TestCluster.create()) {
            other.set(Map.of("port", Integer.toString(one.port)));

            refuses(ProblemCode.PORT_TAKEN, other::start);
        }
    }

    @Test
    void saysWhyAServerDidNotStart() throws Exception {
        try (var cluster = TestCluster.create()) {
            cluster.set(Map.of("max_connections", "-7"));

            assertThatThrownBy(cluster::start)
                    .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                    .returns(ProblemCode.SERVER_FAILED, RecoveryException::code)
                    .extracting(failure -> failure.problem().why())
                    .asString()
                    .contains("max_connections");
        }
    }

    @Test
    void refusesADirectoryOfAnotherMajorVersion() throws Exception {
        try (var cluster = TestCluster.create()) {
            Files.writeString(cluster.dataDirectory.resolve("PG_VERSION"), "14\n");

            refuses(ProblemCode.VERSION_MISMATCH, cluster::start);
        }
    }

    @Test
    void attachesToAServerThatRunsAlready() throws Exception {
        try (var cluster = TestCluster.started()) {
            var found = ServerProcess.attach(cluster.host, cluster.dataDirectory).orElseThrow();

            found.awaitReady(PATIENCE, cluster.cancel);
            assertThat(found.pid()).isEqualTo(cluster.server().pid());
            found.stop(StopMode.FAST, PATIENCE, cluster.cancel);

            assertThat(found.state()).isEqualTo(ServerState.STOPPED);
            assertThat(ServerProcess.attach(cluster.host, cluster.dataDirectory)).isEmpty();
        }
    }

    @Test
    void startsAgainWhenTheServerBeforeWasKilled() throws Exception {
        try (var cluster = TestCluster.started()) {
            try (var session = cluster.connect()) {
                assertThat(session.isAlive()).isTrue();
                cluster.host.processes().signal(cluster.server().pid(), Signal.KILL);
                cluster.server().awaitStopped(PATIENCE, cluster.cancel);

                cluster.start();
            }
            assertThat(cluster.value("select 1")).isEqualTo("1");
        }
    }

    @Test
    void seesAServerWhosePidFileWasDeleted() throws Exception {
        try (var cluster = TestCluster.started()) {
            Files.delete(cluster.dataDirectory.resolve("postmaster.pid"));

            assertThat(RunningServer.on(cluster.host, cluster.dataDirectory).orElseThrow().pid())
                    .isEqualTo(cluster.server().pid());
            refuses(
                    ProblemCode.TARGET_IN_USE,
                    () -> ServerProcess.start(cluster.host, cluster.serverStart()));
        }
    }

    @Test
    void seesProcessesThatADeadPostmasterLeftBehind() throws Exception {
        try (var cluster = TestCluster.started()) {
            List<Long> others =
                    cluster.host.processes().workingIn(cluster.dataDirectory).stream()
                            .filter(pid -> pid != cluster.server().pid())
                            .toList();
            for (long pid : others) {
                // Else they would end as soon as they see that their postmaster is gone.
                new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
            }
            cluster.host.processes().signal(cluster.server().pid(), Signal.KILL);
            cluster.server().awaitStopped(PATIENCE, cluster.cancel);

            var running = RunningServer.on(cluster.host, cluster.dataDirectory).orElseThrow();
            assertThat(running.postmasterAlive()).isFalse();
            refuses(
                    ProblemCode.TARGET_IN_USE,
                    () -> ServerProcess.requireNothingRuns(cluster.host, cluster.dataDirectory));
            for (long pid : others) {
                cluster.host.processes().signal(pid, Signal.KILL);
            }

            cluster.start();
            assertThat(cluster.value("select 1")).isEqualTo("1");
        }
    }

    @Test
    void takesAProcessOfTheSameNumberForAnotherOne() throws Exception {
        try (var cluster = TestCluster.create()) {
            Path pidFile = cluster.dataDirectory.resolve("postmaster.pid");
            Files.writeString(
                    pidFile,
                    ProcessHandle.current().pid()
                            + "\n"
                            + cluster.dataDirectory
                            + "\n1\n5432\n/tmp\nlocalhost\n  1 2147483000\nready   \n");

            assertThat(RunningServer.on(cluster.host, cluster.dataDirectory)).isEmpty();
        }
    }

    @Test
    void stopsAServerThatIsDeafToTheOrderlySignals() throws Exception {
        try (var cluster = TestCluster.create()) {
            for (String deafTo : List.of("INT", "INT TERM")) {
                ServerProcess server = ServerProcess.start(cluster.host, deaf(cluster, deafTo));

                server.stopByAnyWay(Duration.ofMillis(300), CancelToken.never());

                assertThat(server.isAlive()).as("deaf to %s", deafTo).isFalse();
            }
        }
    }

    /** A program in the server's place that hears nothing of these signals. */
    private static ServerStart deaf(TestCluster cluster, String signals) throws Exception {
        Path bin = Files.createDirectories(cluster.root.resolve("deaf"));
        Path program = bin.resolve("postgres");
        Files.writeString(
                program, "#!/bin/sh\ntrap '' " + signals + "\nwhile :; do sleep 0.05; done\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
        return ServerStart.of(
                new PgInstallation(bin, cluster.programs.version()),
                cluster.user,
                cluster.dataDirectory,
                cluster.log);
    }

    @Test
    void holdsNoneOfOurFileDescriptors() throws Exception {
        try (var cluster = TestCluster.create();
                var open = Files.newInputStream(cluster.dataDirectory.resolve("PG_VERSION"))) {
            cluster.start();
            var descriptors = Path.of("/proc/" + cluster.server().pid() + "/fd");
            try (var held = Files.list(descriptors)) {
                assertThat(held.map(ServerProcessIT::target))
                        .noneMatch(target -> target.endsWith("PG_VERSION"))
                        .contains(cluster.log.toString());
            }
            assertThat(open.read()).isEqualTo('1');
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (java.io.IOException gone) {
            return "";
        }
    }

    private static void refuses(ProblemCode code, ThrowingCallable work) {
        assertThatThrownBy(work)
                .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                .returns(code, RecoveryException::code);
    }
}
