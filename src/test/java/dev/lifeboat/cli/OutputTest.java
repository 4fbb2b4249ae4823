package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.secrets.Secret;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class OutputTest {
    private enum State {
        HANDED_OVER
    }

    private record Everything(
            State state,
            Instant at,
            Lsn lsn,
            Path path,
            Optional<Instant> when,
            Optional<String> none,
            OptionalLong size,
            OptionalLong unknown,
            List<Lsn> list,
            Secret secret,
            Problem problem) {}

    private final CliRun run = new CliRun();

    @Test
    void writesJsonAsTheContractHasIt() {
        var everything =
                new Everything(
                        State.HANDED_OVER,
                        Instant.parse("2026-04-07T14:30:00.123456Z"),
                        Lsn.parse("16/B374D848"),
                        Path.of("/data dir"),
                        Optional.of(Instant.EPOCH),
                        Optional.empty(),
                        OptionalLong.of(1L << 40),
                        OptionalLong.empty(),
                        List.of(Lsn.parse("0/1")),
                        Secret.of("hunter2"),
                        new Problem(ProblemCode.NO_BASE, "What.", "Why.", "Remedy."));

        assertThat(Json.line(everything))
                .isEqualTo(
                        """
                        {"state":"handed-over","at":"2026-04-07T14:30:00.123456Z",\
                        "lsn":"16/B374D848","path":"/data dir","when":"1970-01-01T00:00:00Z",\
                        "none":null,"size":1099511627776,"unknown":null,"list":["0/1"],\
                        "secret":"***","problem":{"code":"NO_BASE","what":"What.","why":"Why.",\
                        "remedy":"Remedy."}}""");
    }

    @Test
    void keepsTalkOffStdout() {
        var output = new Output(run.surroundings(), false);

        output.say("a note");
        output.event(List.of("an event"));
        output.result(List.of("ignored"), () -> "the result");

        assertThat(run.stdout()).isEqualTo("the result" + System.lineSeparator());
        assertThat(run.stderr()).isEqualTo("a note" + System.lineSeparator());
    }

    @Test
    void writesEventsAsOneLineEach() {
        var output = new Output(run.surroundings(), true);

        output.event(List.of(1));
        output.event(List.of(2));

        assertThat(run.stdout().lines()).containsExactly("[1]", "[2]");
    }

    @Test
    void leavesOneLineBehindFinishedWork() {
        var output = new Output(run.surroundings(), false);
        var progress = new Progress();

        try (var shown = output.watch("fetch base", progress, ProgressUnit.BYTES)) {
            progress.add(3 << 20);
            shown.close();
        }

        assertThat(run.stderr()).hasLineCount(1).startsWith("fetch base: 3.00 MiB in 0 s, ");
    }

    @Test
    void redrawsOneStatusLineOnATerminalAndTakesItAway() {
        var talk = new Talk(run.surroundings().stderr(), true, 20);

        talk.status("a status that is much too long for it");
        talk.line("note");
        talk.status("");

        assertThat(run.stderr())
                .isEqualTo("a status that is mu\r\033[Knote\na status that is mu\r\033[K");
    }
}
