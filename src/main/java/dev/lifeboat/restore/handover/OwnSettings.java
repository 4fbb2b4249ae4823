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
import java.util.stream.Stream;

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
                    "unix_socket_directories",
                    "unix_socket_group");

    /** Taken out only with a path outside the data directory. */
    private static final List<String> FILES =
            List.of(
                    "ssl_cert_file",
                    "ssl_key_file",
                    "ssl_ca_file",
                    "ssl_crl_file",
                    "ssl_crl_dir",
                    "ssl_dh_params_file",
                    "krb_server_keyfile",
                    "log_directory",
                    "stats_temp_directory");

    /** Without these two {@code ssl = on} keeps the server from starting. */
    private static final List<String> NEEDED_FOR_SSL = List.of("ssl_cert_file", "ssl_key_file");

    private static final String SSL = "ssl";

    /** A word of {@code pg_hba.conf} that stands for the content of another file. */
    private static final Pattern ELSEWHERE = Pattern.compile("(?:^|[\\s,])@\"?([^\\s,\"]+)");

    private final List<String> takenOut = new ArrayList<>();
    private final Path dataDirectory;
    private final Optional<String> main;
    private final Optional<String> auto;
    private final boolean withoutSsl;

    /**
     * @param dataDirectory of the restored copy: what is included from below it stays
     * @param main the source's {@code postgresql.conf}
     * @param auto the source's {@code postgresql.auto.conf}
     */
    OwnSettings(Path dataDirectory, Optional<String> main, Optional<String> auto) {
        this.dataDirectory = dataDirectory;
        this.main = main;
        this.auto = auto;
        this.withoutSsl =
                Stream.of(main, auto)
                        .flatMap(Optional::stream)
                        .flatMap(String::lines)
                        .map(this::outside)
                        .flatMap(Optional::stream)
                        .anyMatch(NEEDED_FOR_SSL::contains);
    }

    /** Whether an entry of that name leads out of the data directory. */
    boolean hasElsewhere(String name) {
        return Stream.of(main, auto)
                .flatMap(Optional::stream)
                .flatMap(String::lines)
                .map(ENTRY::matcher)
                .filter(Matcher::matches)
                .anyMatch(
                        entry -> entry.group(1).equalsIgnoreCase(name) && leadsOut(entry.group(2)));
    }

    /** {@code postgresql.conf}. */
    String main(Map<String, String> instead) {
        var text = new StringBuilder();
        main.ifPresent(own -> text.append(fit(own)));
        text.append("\n# Written by Lifeboat when this copy was handed over.\n");
        instead.forEach((name, value) -> text.append(entry(name, value)));
        return text.toString();
    }

    /** {@code postgresql.auto.conf}. */
    String auto() {
        return auto.map(this::fit).orElse("");
    }

    /** The names of the entries that were taken out, in their order. */
    List<String> takenOut() {
        return List.copyOf(takenOut);
    }

    /**
     * {@code pg_hba.conf}: the source's rules for the network; sockets are guarded by their
     * directory, which nobody but the server's user may enter. The first rule that decides holds,
     * so that from one that needs a file of the old machine on nobody is let in. No line is told:
     * it may hold a password.
     */
    String hba(Optional<String> original) {
        var text = new StringBuilder("# Written by Lifeboat: the socket's directory is guarded.\n");
        text.append("local all all trust\nlocal replication all trust\n");
        if (original.isEmpty()) {
            return text.append("host all all 127.0.0.1/32 scram-sha-256\n")
                    .append("host all all ::1/128 scram-sha-256\n")
                    .toString();
        }
        boolean cut = false;
        int number = 0;
        for (String line : original.get().lines().toList()) {
            number++;
            if (!cut && needsOldMachine(line)) {
                cut = true;
                takenOut.add("pg_hba.conf from line " + number);
            }
            boolean local = line.strip().startsWith("local");
            text.append(local || cut ? MARK : "").append(line).append('\n');
        }
        return text.toString();
    }

    /** {@code pg_ident.conf}: a map that is missing lets nobody in. */
    String ident(Optional<String> original) {
        var text = new StringBuilder();
        int number = 0;
        for (String line : original.orElse("").lines().toList()) {
            number++;
            boolean out = includesElsewhere(line);
            if (out) {
                takenOut.add("pg_ident.conf line " + number);
            }
            text.append(out ? MARK : "").append(line).append('\n');
        }
        return text.toString();
    }

    private boolean needsOldMachine(String line) {
        String rule = line.strip();
        return !rule.startsWith("#")
                && (includesElsewhere(rule)
                        || ELSEWHERE
                                .matcher(rule)
                                .results()
                                .anyMatch(file -> leadsOut(file.group(1))));
    }

    private boolean includesElsewhere(String line) {
        return line.strip().toLowerCase(Locale.ROOT).startsWith("include")
                && outside(line).isPresent();
    }

    private String fit(String own) {
        var text = new StringBuilder();
        for (String line : own.lines().toList()) {
            Optional<String> out = outside(line).or(() -> ssl(line));
            out.ifPresent(takenOut::add);
            text.append(out.isPresent() ? MARK : "").append(line).append('\n');
        }
        return text.toString();
    }

    private Optional<String> ssl(String line) {
        Matcher entry = ENTRY.matcher(line);
        return withoutSsl && entry.matches() && entry.group(1).equalsIgnoreCase(SSL)
                ? Optional.of(SSL)
                : Optional.empty();
    }

    private Optional<String> outside(String line) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            return Optional.empty();
        }
        String name = entry.group(1).toLowerCase(Locale.ROOT);
        boolean recovery = name.startsWith("recovery_") && !name.equals("recovery_prefetch");
        boolean named = name.startsWith("include") || FILES.contains(name);
        boolean elsewhere = named && leadsOut(entry.group(2));
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
