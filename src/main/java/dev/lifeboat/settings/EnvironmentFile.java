package dev.lifeboat.settings;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code NAME=value} lines, as systemd's EnvironmentFile and a shell both read it: {@code
 * export} before it, quotes around the value, and lines that begin with {@code #} are understood;
 * nothing is expanded.
 */
final class EnvironmentFile {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*?)\\s*");
    private final Path path;

    EnvironmentFile(Path path) {
        this.path = path;
    }

    /** Its variables, those with an empty value left out; none when there is no such file. */
    Map<String, String> read() throws RecoveryException {
        Map<String, String> variables = new HashMap<>();
        int number = 0;
        for (String line : text().split("\n", -1)) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw unusable("Line " + number + " is not NAME=value.", null);
            }
            String value = unquoted(matcher.group(2));
            if (!value.isEmpty()) {
                variables.put(matcher.group(1), value);
            }
        }
        return variables;
    }

    private String text() throws RecoveryException {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException absent) {
            return "";
        } catch (IOException unreadable) {
            throw unusable(
                    "The system answered: " + unreadable.getClass().getSimpleName() + ".",
                    unreadable);
        }
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() >= 2
                        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                        && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private RecoveryException unusable(String why, Throwable cause) {
        return new RecoveryException(
                ProblemCode.SETTING_INVALID,
                "The settings in " + path + " cannot be used.",
                why,
                "Make it NAME=value lines that the server's user may read: ls -l " + path + ".",
                cause);
    }
}
