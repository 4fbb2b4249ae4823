package dev.lifeboat.rescue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

import dev.lifeboat.kernel.RecoveryException;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** Differences in a file, in the order in which they were found, one a line. For one thread. */
final class Differences implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;
    private final BufferedWriter out;

    Differences(Path file) throws RecoveryException {
        this.file = file;
        try {
            out = Files.newBufferedWriter(file);
        } catch (IOException refused) {
            throw RescueProblems.io(file, refused);
        }
    }

    void add(Difference difference) throws RecoveryException {
        ArrayNode line = MAPPER.createArrayNode();
        line.add(difference.kind().name()).add(difference.liveDigest());
        difference.key().forEach(line::add);
        try {
            out.write(line.toString());
            out.write('\n');
        } catch (IOException full) {
            throw RescueProblems.io(file, full);
        }
    }

    /** What is done with each. */
    interface Each {
        void take(Difference difference) throws RecoveryException;
    }

    /** Hands on all of them; nothing is added any more. */
    void forEach(Each each) throws RecoveryException {
        try {
            out.flush();
            try (BufferedReader in = Files.newBufferedReader(file)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    JsonNode node = MAPPER.readTree(line);
                    var key = new ArrayList<String>();
                    for (int i = 2; i < node.size(); i++) {
                        key.add(node.get(i).asText());
                    }
                    each.take(
                            new Difference(
                                    Difference.Kind.valueOf(node.get(0).asText()),
                                    key,
                                    node.get(1).asText()));
                }
            }
        } catch (IOException unreadable) {
            throw RescueProblems.io(file, unreadable);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // It lies in the restore's folder and goes with it.
        }
    }
}
