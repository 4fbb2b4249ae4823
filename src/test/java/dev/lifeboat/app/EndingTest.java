package dev.lifeboat.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lifeboat.host.SignalsHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

@DisabledOnOs(OS.WINDOWS)
class EndingTest {
    private static Process start(String argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingProgram.class.getName(),
                        argument)
                .redirectErrorStream(true)
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void letsACommandStopWhereItCanBeResumedAndKeepsItsStatus(String signal) throws Exception {
        assumeFalse(SignalsHere.ignored().contains(signal), "children inherit it as ignored");
        Process process = start("until-told");
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).isEqualTo("working");

        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

        assertThat(out.readLine()).isEqualTo("stopped where it can be resumed");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(8);
    }

    @Test
    void endsWithTheStatusOfACommandThatIsOver() throws Exception {
        Process process = start("at-once");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(5);
    }
}
