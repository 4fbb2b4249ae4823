package dev.lifeboat.postgres;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Why a server ended, told by its log. */
final class StartFailure {
    private StartFailure() {}

    static RecoveryException of(Path dataDirectory, Optional<Path> log, List<String> lines) {
        String reason = reason(lines);
        boolean portTaken =
                lines.stream().anyMatch(line -> line.contains("Address already in use"));
        var known = KnownMessage.in(reason).filter(each -> each.code() == ProblemCode.NO_SPACE);
        ProblemCode code = known.map(KnownMessage::code).orElse(ProblemCode.SERVER_FAILED);
        return new RecoveryException(
                portTaken ? ProblemCode.PORT_TAKEN : code,
                "The server on " + dataDirectory + " ended.",
                reason.isEmpty()
                        ? "Its log says nothing."
                        : "Its log says: " + reason + (reason.endsWith(".") ? "" : "."),
                portTaken
                        ? "Choose another port with --port, or stop the program that has it."
                        : "Mend that; the whole log is "
                                + log.map(Path::toString).orElse("where the server writes it")
                                + ".");
    }

    private static String reason(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches(".*\\b(FATAL|PANIC): .*"))
                .findFirst()
                .or(() -> lines.stream().filter(line -> !line.isBlank()).reduce((_, last) -> last))
                .map(line -> line.replaceFirst("^.*?\\b(FATAL|PANIC|LOG): +", ""))
                .map(ErrorLines::withoutSecrets)
                .orElse("");
    }
}
