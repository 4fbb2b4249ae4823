package dev.lifeboat.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostProcess;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Runs Lifeboat's own commands as an operator would, and reads their JSON. */
final class CommandRunner {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LINES_KEPT = 12;

    private final Host host;
    private final Path launcher;
    private final Map<String, String> variables;
    private final Narrator narrator;
    private final CancelToken cancel;

    CommandRunner(
            Host host,
            Path launcher,
            Map<String, String> variables,
            Narrator narrator,
            CancelToken cancel) {
        this.host = host;
        this.launcher = launcher;
        this.variables = variables;
        this.narrator = narrator;
        this.cancel = cancel;
    }

    /**
     * Runs a command to its end.
     *
     * @return its last JSON document
     * @throws RecoveryException ENVIRONMENT_FAILED when it did not end with 0, with what it said
     */
    JsonNode run(String... arguments) throws RecoveryException {
        return run(List.of(arguments), line -> {});
    }

    /** The same, handing on each JSON line while the command runs. */
    JsonNode run(List<String> arguments, Consumer<JsonNode> event) throws RecoveryException {
        narrator.say(
                "$ lifeboat "
                        + String.join(" ", arguments.stream().map(CommandRunner::quoted).toList()));
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(arguments);
        command.add("--json");
        HostProcess process = host.processes().start(ProcessSpec.of(command).with(variables));
        try (var _ = cancel.onCancel(process::terminate)) {
            var talk = CompletableFuture.supplyAsync(() -> lines(process.stderr(), line -> {}));
            var documents = new Documents(event);
            lines(process.stdout(), documents::take);
            int status = process.waitFor(CancelToken.never());
            cancel.check();
            List<String> said = talk.join();
            if (status != 0) {
                throw SandboxProblems.failed(
                        "lifeboat " + arguments.getFirst() + " ended with " + status + ".",
                        documents.problem().orElse(String.join(" ", last(said))));
            }
            return documents.whole();
        }
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size());
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:=@+-]+") ? argument : "'" + argument + "'";
    }

    private static List<String> lines(InputStream stream, Consumer<String> each) {
        var all = new ArrayList<String>();
        try (var reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                each.accept(line);
                all.add(line);
            }
        } catch (IOException ended) {
            // The process is gone; its status tells how.
        }
        return all;
    }

    /** JSON on stdout: one document over many lines, or one a line. */
    private static final class Documents {
        private final Consumer<JsonNode> event;
        private final StringBuilder text = new StringBuilder();
        private JsonNode last = MAPPER.createObjectNode();

        Documents(Consumer<JsonNode> event) {
            this.event = event;
        }

        void take(String line) {
            text.append(line).append('\n');
            try {
                last = MAPPER.readTree(text.toString());
                text.setLength(0);
                event.accept(last);
            } catch (JsonProcessingException unfinished) {
                // The document goes on in the next line.
            }
        }

        JsonNode whole() {
            return last;
        }

        java.util.Optional<String> problem() {
            JsonNode problem = last.path("problem");
            return problem.isMissingNode()
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(
                            problem.path("what").asText()
                                    + " "
                                    + problem.path("why").asText()
                                    + " "
                                    + problem.path("remedy").asText());
        }
    }
}
