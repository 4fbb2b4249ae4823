package dev.lifeboat.postgres;

import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which database to connect to, and as whom: what libpq makes of a URI, a conninfo string and its
 * environment. Immutable, and prints no password.
 *
 * <p>A specification and those derived from it share one password; closing any of them wipes it.
 *
 * <p>Source: PostgreSQL documentation, 34.1.1 "Connection Strings", 34.15 "Environment Variables",
 * 34.16 "The Password File", 34.17 "The Connection Service File".
 */
public final class ConnectionSpec implements AutoCloseable {
    private final String host;
    private final int port;
    private final String database;
    private final String user;
    private final Optional<Secret> password;
    private final SortedMap<String, String> options;

    private ConnectionSpec(
            String host,
            int port,
            String database,
            String user,
            Optional<Secret> password,
            Map<String, String> options) {
        this.host = Objects.requireNonNull(host);
        this.port = port;
        this.database = Objects.requireNonNull(database);
        this.user = Objects.requireNonNull(user);
        this.password = password;
        this.options = new TreeMap<>(options);
    }

    /**
     * @param host a name, an address, or the absolute directory of a Unix-domain socket
     * @param password it is owned by the specification from here on
     * @param options further parameters by libpq's keywords, such as {@code sslmode}
     */
    public static ConnectionSpec of(
            String host,
            int port,
            String database,
            String user,
            Optional<Secret> password,
            Map<String, String> options) {
        return new ConnectionSpec(host, port, database, user, password, options);
    }

    /** A database reached through the socket of a server on this machine, without a password. */
    public static ConnectionSpec local(
            Path socketDirectory, int port, String database, String user) {
        return of(socketDirectory.toString(), port, database, user, Optional.empty(), Map.of());
    }

    /**
     * Reads {@code postgresql://...}, {@code postgres://...} or {@code host=... dbname=...}; what
     * the text leaves open comes from the service file, libpq's variables, the password file and
     * libpq's defaults, in that order.
     *
     * @param environment this program's variables
     * @param user whose name is the default for role and database
     * @throws RecoveryException {@code SETTING_INVALID} when the text is none of these, names
     *     several hosts, or a parameter nobody knows; the text itself is never quoted
     */
    public static ConnectionSpec parse(String text, Map<String, String> environment, OsUser user)
            throws RecoveryException {
        return new ConnectionDefaults(environment, user).complete(ConnectionText.read(text));
    }

    /** What libpq's variables and defaults name alone. Errors as {@link #parse}. */
    public static ConnectionSpec fromEnvironment(Map<String, String> environment, OsUser user)
            throws RecoveryException {
        return new ConnectionDefaults(environment, user).complete(Map.of());
    }

    /** A name, an address, or the absolute directory of a socket. */
    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public String database() {
        return database;
    }

    public String user() {
        return user;
    }

    public Optional<Secret> password() {
        return password;
    }

    /** Further parameters by libpq's keywords; no secret among them. */
    public Map<String, String> options() {
        return java.util.Collections.unmodifiableMap(options);
    }

    public boolean isSocket() {
        return host.startsWith("/");
    }

    /** Whether the server is on this machine as far as the name tells: a socket or loopback. */
    public boolean isLocal() {
        return isSocket()
                || host.equals("localhost")
                || host.equals("::1")
                || host.startsWith("127.");
    }

    public ConnectionSpec withDatabase(String name) {
        return new ConnectionSpec(host, port, name, user, password, options);
    }

    public ConnectionSpec withOption(String keyword, String value) {
        var changed = new TreeMap<>(options);
        changed.put(keyword, value);
        return new ConnectionSpec(host, port, database, user, password, changed);
    }

    /** What a person types to confirm work on this database: {@code db@host:port}. */
    public String confirmText() {
        return database + "@" + bracketed() + ":" + port;
    }

    /**
     * A libpq URI that {@code psql} takes as it is; without the password, so that it may be shown.
     */
    public String uri() {
        var parameters = new TreeMap<>(options);
        String authority = encode(user) + "@";
        if (isSocket()) {
            parameters.put("host", host);
            parameters.put("port", Integer.toString(port));
        } else {
            authority += bracketed() + ":" + port;
        }
        var uri = new StringBuilder("postgresql://" + authority + "/" + encode(database));
        char separator = '?';
        for (var parameter : parameters.entrySet()) {
            uri.append(separator).append(parameter.getKey()).append('=');
            uri.append(encode(parameter.getValue()).replace("%2F", "/"));
            separator = '&';
        }
        return uri.toString();
    }

    private String bracketed() {
        return host.indexOf(':') >= 0 && !isSocket() ? "[" + host + "]" : host;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        password.ifPresent(Secret::close);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionSpec that
                && host.equals(that.host)
                && port == that.port
                && database.equals(that.database)
                && user.equals(that.user)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, database, user, options);
    }

    @Override
    public String toString() {
        return uri();
    }
}
