package dev.lifeboat.ui.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ChildCommandsTest {
    @TempDir Path folder;
    private Path program;

    @BeforeEach
    void writeProgram() throws IOException {
        program = folder.resolve("lifeboat");
        Files.writeString(
                program,
                "#!/bin/sh\necho \"$WORD $*\"\necho said one >&2\necho said two >&2\nexit 3\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private Commands commands(Optional<String> profile) {
        return new ChildCommands(
                Optional.of(program), profile, Map.of("WORD", "told"), folder.resolve("out"));
    }

    @Test
    void runsTheProgramOnTheProfileAndHandsOnWhatItWrites() throws Exception {
        List<String> results = new ArrayList<>();
        List<String> talk = new ArrayList<>();
        Command command = commands(Optional.of("prod")).start(List.of("verify", "latest"));

        int code = command.follow(results::add, talk::add, CancelToken.never());

        assertThat(code).isEqualTo(3);
        assertThat(results).containsExactly("told --profile prod verify latest --json");
        assertThat(talk).containsExactly("said one", "said two");
        assertThat(command.twin()).isEqualTo("lifeboat --profile prod verify latest");
    }

    @Test
    void saysWhenItDoesNotKnowTheProgram() {
        var unknown = new ChildCommands(Optional.empty(), Optional.empty(), Map.of(), folder);

        assertThatThrownBy(() -> unknown.start(List.of("verify")))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused ->
                                assertThat(refused.code()).isEqualTo(ProblemCode.PROGRAM_MISSING));
    }
}
