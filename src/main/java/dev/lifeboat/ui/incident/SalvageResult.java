package dev.lifeboat.ui.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.CommandProblem;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.task.TimeText;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@code wal salvage} told.
 *
 * @param archived files that came into the archive
 * @param hasTail whether a segment was being written that holds records
 * @param commits in that segment
 * @param lastCommit the time of the last of them
 * @param damage the first thing that was found damaged; then the tail gets no name of its own
 */
record SalvageResult(
        int archived,
        boolean hasTail,
        long commits,
        Optional<Instant> lastCommit,
        Optional<Problem> damage) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Empty when the command told none. */
    static Optional<SalvageResult> of(Jobs.Ended ended) {
        return ended.results().reversed().stream().flatMap(line -> read(line).stream()).findFirst();
    }

    private static Optional<SalvageResult> read(String line) {
        try {
            JsonNode told = MAPPER.readTree(line);
            if (!told.path("archived").isArray()) {
                return Optional.empty();
            }
            JsonNode tail = told.path("tail");
            return Optional.of(
                    new SalvageResult(
                            told.get("archived").size(),
                            tail.isObject(),
                            tail.path("commits").asLong(),
                            Optional.ofNullable(tail.path("lastCommit").textValue())
                                    .map(Instant::parse),
                            CommandProblem.at(told.path("damaged").path(0))));
        } catch (JsonProcessingException | DateTimeException other) {
            return Optional.empty();
        }
    }

    /** Whether restores can be let reach what the server was writing. */
    boolean canReachTail() {
        return commits > 0 && damage.isEmpty();
    }

    String words(TimeText times) {
        if (damage.isPresent()) {
            return Messages.text("incident.salvage.damaged", archived);
        }
        if (!hasTail) {
            return Messages.text("incident.salvage.whole", archived);
        }
        return lastCommit
                .map(
                        at ->
                                Messages.text(
                                        "incident.salvage.tail", archived, commits, times.both(at)))
                .orElseGet(() -> Messages.text("incident.salvage.tail.empty", archived));
    }
}
