package dev.lifeboat.restore.handover;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source's own configuration, fit for the restored copy: what names the old machine's paths,
 * its place in replication, a recovery or an archive is commented out, and a block at the end says
 * what holds instead.
 *
 * <p>Source: PostgreSQL documentation, 20.1.2 "Parameter Interaction via the Configuration File":
 * the last entry of a name wins, postgresql.auto.conf after all others.
 */
final class OwnSettings {
    /** What stands before a line that was taken out. */
    static final String MARK = "#lifeboat# ";

    private static final Pattern ENTRY =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*=?\\s*(.*)");
    private static final List<String> OUTSIDE =
            List.of(
                    "data_directory",
                    "config_file",
                    "hba_file",
                    "ident_file",
                    "external_pid_file",
                    "primary_conninfo",
                    "primary_slot_name",
                    "promote_trigger_file",
                    "restore_command",
                    "archive_cleanup_command",
                    "archive_mode",
                    "archive_command",
                    "archive_library",
                    "synchronous_standby_names",
                    "listen_addresses",
                    "port",
                    "unix_socket_directories");

    private final List<String> takenOut = new ArrayList<>();
    private final Path dataDirectory;

    /**
     * @param dataDirectory of the restored copy: what is included from below it stays
     */
    OwnSettings(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** {@code postgresql.conf}. */
    String main(Optional<String> original, Map<String, String> instead) {
        var text = new StringBuilder();
        original.ifPresent(own -> text.append(fit(own)));
        text.append("\n# Written by Lifeboat when this copy was handed over.\n");
        instead.forEach((name, value) -> text.append(entry(name, value)));
        return text.toString();
    }

    /** {@code postgresql.auto.conf}. */
    String auto(Optional<String> original) {
        return original.map(this::fit).orElse("");
    }

    /** The names of the entries that were taken out, in their order. */
    List<String> takenOut() {
        return List.copyOf(takenOut);
    }

    /**
     * {@code pg_hba.conf}: the source's rules for the network; sockets are guarded by their
     * directory, which nobody but the server's user may enter.
     */
    static String hba(Optional<String> original) {
        var text = new StringBuilder("# Written by Lifeboat: the socket's directory is guarded.\n");
        text.append("local all all trust\nlocal replication all trust\n");
        if (original.isEmpty()) {
            return text.append("host all all 127.0.0.1/32 scram-sha-256\n")
                    .append("host all all ::1/128 scram-sha-256\n")
                    .toString();
        }
        for (String line : original.get().lines().toList()) {
            boolean local = line.strip().startsWith("local");
            text.append(local ? MARK : "").append(line).append('\n');
        }
        return text.toString();
    }

    private String fit(String own) {
        var text = new StringBuilder();
        for (String line : own.lines().toList()) {
            Optional<String> out = outside(line);
            out.ifPresent(takenOut::add);
            text.append(out.isPresent() ? MARK : "").append(line).append('\n');
        }
        return text.toString();
    }

    private Optional<String> outside(String line) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            return Optional.empty();
        }
        String name = entry.group(1).toLowerCase(Locale.ROOT);
        boolean recovery = name.startsWith("recovery_") && !name.equals("recovery_prefetch");
        boolean elsewhere = name.startsWith("include") && leadsOut(entry.group(2));
        return OUTSIDE.contains(name) || recovery || elsewhere
                ? Optional.of(name)
                : Optional.empty();
    }

    private boolean leadsOut(String value) {
        String path = value.replaceAll("#.*", "").strip().replaceAll("^'|'$", "");
        return !dataDirectory.resolve(path).normalize().startsWith(dataDirectory);
    }

    private static String entry(String name, String value) {
        return name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'\n";
    }

    /** An ordered map of settings. */
    static Map<String, String> settings() {
        return new LinkedHashMap<>();
    }
}
