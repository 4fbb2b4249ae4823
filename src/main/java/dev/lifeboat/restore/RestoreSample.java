package dev.lifeboat.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.journal.JobSocket;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a running restore has come at one moment, as its process answers whoever asks on the
 * job's socket. The journal holds what happened; this is what is under way.
 *
 * @param fetchedBytes stored bytes of the base that are in place
 * @param totalBytes 0 while it is not known
 * @param segments that the server took
 * @param totalSegments 0 while it is not known
 * @param inFlight what of the base is being fetched and unpacked, for people
 * @param retries requests that were made again
 * @param waitingFor what the work stands still for; empty when it moves
 * @param replayed how far replay has come; empty before the server lets sessions in
 * @param replayedTime of the last commit or abort that was replayed
 * @param pace of the stage; empty before it was measured
 */
public record RestoreSample(
        Stage stage,
        long fetchedBytes,
        long totalBytes,
        long segments,
        long totalSegments,
        List<String> inFlight,
        long retries,
        String waitingFor,
        Optional<Lsn> replayed,
        Optional<Instant> replayedTime,
        Optional<StagePace> pace) {
    public RestoreSample {
        inFlight = List.copyOf(inFlight);
    }

    /** The line that asks for one. */
    static final String QUESTION = "progress";

    private static final JsonMapper MAPPER = new JsonMapper();

    /** What a process knows of its own work. */
    static RestoreSample of(RestoreProgress progress) {
        RestoreProgress.Replayed replayed = progress.replayed();
        String waiting =
                progress.stage() == Stage.REPLAY
                        ? progress.segments().waitingFor()
                        : progress.fetched().waitingFor();
        return new RestoreSample(
                progress.stage(),
                progress.fetched().done(),
                progress.fetched().total(),
                progress.segments().done(),
                progress.segments().total(),
                progress.fetched().inFlight(),
                progress.fetched().retries() + progress.segments().retries(),
                waiting,
                Optional.of(replayed.lsn()).filter(lsn -> !lsn.equals(Lsn.ZERO)),
                replayed.time(),
                progress.pace());
    }

    /**
     * Asks the process that works on a job.
     *
     * @return empty when none works on it, or it answers something else
     */
    public static Optional<RestoreSample> ask(Path jobFolder) {
        try {
            return Optional.of(parse(JobSocket.ask(jobFolder, QUESTION)));
        } catch (RecoveryException | IllegalArgumentException nobody) {
            return Optional.empty();
        }
    }

    /** The answer, one line. */
    String line() {
        var node = MAPPER.createObjectNode();
        node.put("stage", stage.word());
        node.put("fetchedBytes", fetchedBytes);
        node.put("totalBytes", totalBytes);
        node.put("segments", segments);
        node.put("totalSegments", totalSegments);
        var under = node.putArray("inFlight");
        inFlight.forEach(under::add);
        node.put("retries", retries);
        node.put("waitingFor", waitingFor);
        replayed.ifPresent(lsn -> node.put("replayed", lsn.toString()));
        replayedTime.ifPresent(time -> node.put("replayedTime", time.toString()));
        pace.ifPresent(
                now -> {
                    node.put("rate", now.rate());
                    node.put("lowSeconds", now.lowSeconds());
                    node.put("highSeconds", now.highSeconds());
                });
        return node.toString();
    }

    /**
     * Reads an answer.
     *
     * @throws IllegalArgumentException when it is none
     */
    static RestoreSample parse(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            var stage = Stage.valueOf(node.path("stage").asText().toUpperCase(Locale.ROOT));
            return new RestoreSample(
                    stage,
                    node.path("fetchedBytes").asLong(),
                    node.path("totalBytes").asLong(),
                    node.path("segments").asLong(),
                    node.path("totalSegments").asLong(),
                    node.path("inFlight").valueStream().map(JsonNode::asText).toList(),
                    node.path("retries").asLong(),
                    node.path("waitingFor").asText(),
                    Optional.ofNullable(node.get("replayed")).map(n -> Lsn.parse(n.asText())),
                    Optional.ofNullable(node.get("replayedTime"))
                            .map(n -> Instant.parse(n.asText())),
                    Optional.ofNullable(node.get("rate"))
                            .map(
                                    rate ->
                                            new StagePace(
                                                    stage,
                                                    rate.asDouble(),
                                                    node.path("lowSeconds").asLong(),
                                                    node.path("highSeconds").asLong())));
        } catch (JsonProcessingException | java.time.DateTimeException none) {
            throw new IllegalArgumentException("no sample: " + line, none);
        }
    }
}
