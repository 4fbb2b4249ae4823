package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

class ServerLogTest {
    private static final String PREFIX = "2026-11-23 15:00:00.123 UTC [4711] ";
    @TempDir Path dir;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOG:  starting backup recovery with redo LSN 0/2000028, checkpoint LSN 0/2000060,"
                        + " on timeline ID 1 | BACKUP_RECOVERY_STARTED | 0/2000028",
                "LOG:  completed backup recovery with redo LSN 0/2000028 and end LSN 0/2000100"
                        + " | BACKUP_RECOVERY_COMPLETED | 0/2000100",
                "LOG:  consistent recovery state reached at 0/2000100 | CONSISTENT | 0/2000100",
                "LOG:  redo starts at 0/2000028 | REDO_STARTED | 0/2000028",
                "LOG:  redo done at 0/30001A0 system usage: CPU: user: 0.00 s | REDO_DONE | 0/30001A0",
                "LOG:  recovery stopping before WAL location (LSN) \"0/3000110\" | STOPPING_BEFORE"
                        + " | 0/3000110",
                "LOG:  recovery stopping after WAL location (LSN) \"0/3000110\" | STOPPING_AFTER"
                        + " | 0/3000110",
                "LOG:  pausing at the end of recovery | PAUSING_AT_TARGET |",
                "LOG:  recovery has paused | PAUSED |",
                "LOG:  archive recovery complete | ARCHIVE_RECOVERY_COMPLETE |",
                "LOG:  database system is ready to accept read-only connections | READY |",
                "LOG:  database system is ready to accept connections | READY |",
                "LOG:  recovery stopping after reaching consistency | STOPPING_AFTER |",
                "FATAL:  recovery ended before configured recovery target was reached"
                        + " | ENDED_BEFORE_TARGET |",
                "FATAL:  requested recovery stop point is before consistent recovery point"
                        + " | TARGET_BEFORE_CONSISTENCY |",
                "WARNING:  hot standby is not possible because of insufficient parameter settings"
                        + " | PARAMETER_TOO_LOW |",
                "FATAL:  recovery aborted because of insufficient parameter settings"
                        + " | PARAMETER_TOO_LOW |",
                "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use"
                        + " | SHARED_MEMORY_IN_USE |",
                "FATAL:  could not map anonymous shared memory | FATAL |",
                "PANIC:  could not locate a valid checkpoint record | PANIC |"
            })
    void recognisesWhatARecoverySays(String line, ServerLogEvent.Kind kind, String lsn) {
        var event = ServerLogEvent.read(PREFIX + line).orElseThrow();

        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.lsn().map(Lsn::toString).orElse(null)).isEqualTo(lsn);
        assertThat(ServerLogEvent.read(line)).contains(event);
        assertThat(ServerLogEvent.read("db=[x],user: " + line)).contains(event);
    }

    @Test
    void readsTransactionTimeAndNames() {
        var stop =
                ServerLogEvent.read(
                                "LOG:  recovery stopping after commit of transaction 742, time"
                                        + " 2026-11-23 15:02:31.12+00")
                        .orElseThrow();
        assertThat(stop.xid()).isEqualTo(OptionalLong.of(742));
        assertThat(stop.time()).contains(Instant.parse("2026-11-23T15:02:31.12Z"));

        var last =
                ServerLogEvent.read(
                                "LOG:  last completed transaction was at log time 2026-11-23"
                                        + " 17:02:31+02")
                        .orElseThrow();
        assertThat(last.kind()).isEqualTo(ServerLogEvent.Kind.LAST_TRANSACTION);
        assertThat(last.time()).contains(Instant.parse("2026-11-23T15:02:31Z"));

        var restored =
                ServerLogEvent.read(
                                "LOG:  restored log file \"000000010000000000000003\" from archive")
                        .orElseThrow();
        assertThat(restored.name()).contains("000000010000000000000003");

        var point =
                ServerLogEvent.read(
                                "LOG:  recovery stopping at restore point \"x, time y\", time"
                                        + " 2026-11-23 15:02:31.123456+05:30")
                        .orElseThrow();
        assertThat(point.kind()).isEqualTo(ServerLogEvent.Kind.STOPPING_AFTER);
        assertThat(point.time()).contains(Instant.parse("2026-11-23T09:32:31.123456Z"));

        var failed =
                ServerLogEvent.read(
                                "FATAL:  could not restore file \"00000002.history\" from archive:"
                                        + " command not found")
                        .orElseThrow();
        assertThat(failed.kind()).isEqualTo(ServerLogEvent.Kind.RESTORE_COMMAND_FAILED);
        assertThat(failed.name()).contains("00000002.history");
    }

    @Test
    void knowsAFullDiskInEachOfItsWordings() {
        assertThat(
                        List.of(
                                "FATAL:  could not extend file \"base/5/16384\": wrote only 4096 of"
                                        + " 8192 bytes at block 750",
                                "FATAL:  could not extend file \"base/5/16384\": No space left on"
                                        + " device",
                                "PANIC:  could not write to file \"pg_wal/xlogtemp.12\": No space"
                                        + " left on device"))
                .allMatch(line -> ServerLogEvent.read(line).orElseThrow().tellsOfAFullDisk());
        assertThat(ServerLogEvent.read("FATAL:  terminating connection").orElseThrow())
                .returns(false, ServerLogEvent::tellsOfAFullDisk);
    }

    @Test
    void passesOverWhatSessionsSay() {
        assertThat(ServerLogEvent.read(PREFIX + "LOG:  checkpoint starting: time")).isEmpty();
        assertThat(ServerLogEvent.read(PREFIX + "ERROR:  relation \"t\" does not exist")).isEmpty();
        assertThat(ServerLogEvent.read("\tat line 2 recovery has paused")).isEmpty();
        assertThat(ServerLogEvent.read(PREFIX + "STATEMENT:  select 'redo starts at 0/1'"))
                .isEmpty();
    }

    @Test
    void deliversEachLineOnceWhenItIsComplete() throws Exception {
        Path file = Files.writeString(dir.resolve("log"), "before\nLOG:  recovery ");
        var log = new ServerLog(file, 7);

        assertThat(log.poll()).isEmpty();
        Files.writeString(file, "has paused\nLOG:  redo", StandardOpenOption.APPEND);
        assertThat(log.poll())
                .extracting(ServerLogEvent::kind)
                .containsExactly(ServerLogEvent.Kind.PAUSED);
        assertThat(log.poll()).isEmpty();
        Files.writeString(file, " starts at 0/1\n", StandardOpenOption.APPEND);
        assertThat(log.lines()).containsExactly("LOG:  redo starts at 0/1");
        assertThat(log.position()).isEqualTo(Files.size(file));
    }

    @Test
    void aLogThatDoesNotExistYetSaysNothing() throws Exception {
        assertThat(new ServerLog(dir.resolve("none"), 0).poll()).isEmpty();
    }
}
