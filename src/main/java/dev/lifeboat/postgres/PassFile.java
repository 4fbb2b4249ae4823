package dev.lifeboat.postgres;

import dev.lifeboat.secrets.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Passwords by host, port, database and user. As libpq does, a file that others may read is passed
 * over, and so is one that cannot be read.
 *
 * <p>Source: PostgreSQL documentation, 34.16 "The Password File".
 */
final class PassFile {
    private final Optional<Path> file;

    private PassFile(Optional<Path> file) {
        this.file = file;
    }

    /**
     * @param named the file a setting names; null for the usual one
     */
    static PassFile of(String named, Map<String, String> environment) {
        if (named != null) {
            return new PassFile(Optional.of(Path.of(named)));
        }
        return new PassFile(
                Optional.ofNullable(environment.get("HOME")).map(home -> Path.of(home, ".pgpass")));
    }

    Optional<Secret> find(String host, int port, String database, String user) {
        String lookedUp = host.startsWith("/") ? "localhost" : host;
        List<String> wanted = List.of(lookedUp, Integer.toString(port), database, user);
        return lines().stream()
                .filter(line -> !line.startsWith("#"))
                .map(PassFile::fields)
                .filter(fields -> fields.size() == 5 && matches(fields, wanted, host))
                .map(fields -> Secret.of(fields.get(4)))
                .findFirst();
    }

    private static boolean matches(List<String> fields, List<String> wanted, String host) {
        for (int i = 0; i < wanted.size(); i++) {
            String field = fields.get(i);
            boolean same = field.equals(wanted.get(i)) || (i == 0 && field.equals(host));
            if (!field.equals("*") && !same) {
                return false;
            }
        }
        return true;
    }

    /**
     * A backslash takes the meaning from a colon or a backslash; the last field goes to the end.
     */
    static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** One line of a password file, for any host, port, database and user. */
    static String lineForAll(String password) {
        return "*:*:*:*:" + password.replace("\\", "\\\\").replace(":", "\\:") + "\n";
    }

    private List<String> lines() {
        if (file.isEmpty() || !Files.isRegularFile(file.get()) || isOpenToOthers(file.get())) {
            return List.of();
        }
        try {
            return Files.readAllLines(file.get());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static boolean isOpenToOthers(Path path) {
        try {
            var allowed =
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE);
            return !allowed.containsAll(Files.getPosixFilePermissions(path));
        } catch (IOException unreadable) {
            return true;
        } catch (UnsupportedOperationException windows) {
            return false;
        }
    }
}
