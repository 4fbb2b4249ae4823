package dev.lifeboat.ui.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.task.TimeText;

import java.time.Instant;
import java.util.Optional;

/**
 * What {@code wal salvage} told.
 *
 * @param archived files that came into the archive
 * @param hasTail whether a segment was being written that holds records
 * @param commits in that segment
 * @param lastCommit the time of the last of them
 */
record SalvageResult(int archived, boolean hasTail, long commits, Optional<Instant> lastCommit) {
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
                                    .map(Instant::parse)));
        } catch (JsonProcessingException | java.time.DateTimeException other) {
            return Optional.empty();
        }
    }

    String words(TimeText times) {
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
