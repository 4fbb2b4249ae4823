package dev.lifeboat.postgres;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named sets of connection parameters.
 *
 * <p>Source: PostgreSQL documentation, 34.17 "The Connection Service File".
 */
final class ServiceFile {
    private final Map<String, String> environment;

    ServiceFile(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The parameters of that service; the user's own file counts before the system's. */
    Map<String, String> read(String service) throws RecoveryException {
        for (Path file : files()) {
            var section = section(file, service);
            if (!section.isEmpty()) {
                return section;
            }
        }
        throw new RecoveryException(
                ProblemCode.SETTING_INVALID,
                "The connection service '" + service + "' is not defined.",
                "No service file holds a section of that name; looked into: " + files() + ".",
                "Correct PGSERVICE (or service=), or name the file in PGSERVICEFILE.");
    }

    private List<Path> files() {
        var files = new ArrayList<Path>();
        if (environment.containsKey("PGSERVICEFILE")) {
            files.add(Path.of(environment.get("PGSERVICEFILE")));
        } else if (environment.containsKey("HOME")) {
            files.add(Path.of(environment.get("HOME"), ".pg_service.conf"));
        }
        files.add(
                Path.of(
                        environment.getOrDefault("PGSYSCONFDIR", "/etc/postgresql-common"),
                        "pg_service.conf"));
        return files;
    }

    private static Map<String, String> section(Path file, String service) throws RecoveryException {
        var values = new LinkedHashMap<String, String>();
        boolean inside = false;
        for (String line : lines(file)) {
            String text = line.strip();
            if (text.startsWith("[")) {
                inside = text.equals("[" + service + "]");
            } else if (inside && !text.isEmpty() && !text.startsWith("#")) {
                int equals = text.indexOf('=');
                if (equals < 1) {
                    throw new RecoveryException(
                            ProblemCode.SETTING_INVALID,
                            "The service file " + file + " cannot be read.",
                            "A line of the section " + service + " is no keyword=value.",
                            "Mend that section of the file.");
                }
                values.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
            }
        }
        return values;
    }

    private static List<String> lines(Path file) throws RecoveryException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new RecoveryException(
                    ProblemCode.SETTING_INVALID,
                    "The service file " + file + " cannot be read.",
                    "Opening it failed: " + unreadable.getClass().getSimpleName() + ".",
                    "Make it readable for this user, or name another one in PGSERVICEFILE.",
                    unreadable);
        }
    }
}
