package dev.lifeboat.postgres;

import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills in what a connection string leaves open, as libpq does. */
final class ConnectionDefaults {
    /** Debian's socket directory, then the one PostgreSQL is built with. */
    private static final List<String> SOCKET_DIRECTORIES = List.of("/var/run/postgresql", "/tmp");

    private final Map<String, String> environment;
    private final OsUser osUser;

    ConnectionDefaults(Map<String, String> environment, OsUser osUser) {
        this.environment = environment;
        this.osUser = osUser;
    }

    ConnectionSpec complete(Map<String, String> given) throws RecoveryException {
        refuseUnknown(given);
        var values = new LinkedHashMap<>(given);
        String service = values.getOrDefault("service", variable(LibpqKeyword.SERVICE));
        if (!service.isEmpty()) {
            var fromService = new ServiceFile(environment).read(service);
            refuseUnknown(fromService);
            fromService.forEach(values::putIfAbsent);
        }
        for (LibpqKeyword keyword : LibpqKeyword.values()) {
            String value = variable(keyword);
            if (!value.isEmpty()) {
                values.putIfAbsent(keyword.keyword(), value);
            }
        }
        return build(values);
    }

    private ConnectionSpec build(Map<String, String> values) throws RecoveryException {
        String user = values.getOrDefault("user", osUser.name());
        String database = values.getOrDefault("dbname", user);
        String host = values.getOrDefault("host", defaultHost());
        refuseSeveral(host);
        int port = port(values.getOrDefault("port", "5432"));
        Optional<Secret> password = Optional.ofNullable(values.get("password")).map(Secret::of);
        if (password.isEmpty()) {
            password =
                    PassFile.of(values.get("passfile"), environment)
                            .find(host, port, database, user);
        }
        var options = new LinkedHashMap<>(values);
        List.of("user", "dbname", "host", "port", "password", "passfile", "service")
                .forEach(options::remove);
        return ConnectionSpec.of(host, port, database, user, password, options);
    }

    private static void refuseUnknown(Map<String, String> values) throws RecoveryException {
        for (String keyword : values.keySet()) {
            if (LibpqKeyword.of(keyword).isEmpty()) {
                boolean isName = keyword.matches("[a-z_0-9]{1,40}");
                throw ConnectionText.unreadable(
                        "It holds "
                                + (isName ? "the parameter " + keyword : "a parameter")
                                + ", which Lifeboat does not take.");
            }
        }
    }

    private static void refuseSeveral(String host) throws RecoveryException {
        if (host.indexOf(',') >= 0) {
            throw new RecoveryException(
                    ProblemCode.SETTING_INVALID,
                    "The database's connection string names several hosts.",
                    "A backup or restore must act on exactly one server, and the choice among"
                            + " several would change from run to run.",
                    "Name one host, the primary for a restore.");
        }
    }

    private static int port(String text) throws RecoveryException {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535 || text.matches("0+")) {
            throw ConnectionText.unreadable("The port is no number from 1 to 65535.");
        }
        return Integer.parseInt(text);
    }

    private static String defaultHost() {
        return SOCKET_DIRECTORIES.stream()
                .filter(directory -> Files.isDirectory(Path.of(directory)))
                .findFirst()
                .orElse("localhost");
    }

    private String variable(LibpqKeyword keyword) {
        return keyword.variable().isEmpty() ? "" : environment.getOrDefault(keyword.variable(), "");
    }
}
