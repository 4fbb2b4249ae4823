package dev.lifeboat.postgres;

import dev.lifeboat.secrets.Secret;

import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;

/**
 * The way from a connection specification to a JDBC connection.
 *
 * <p>Source: pgjdbc documentation, "Initializing the Driver", "Connection Parameters".
 */
final class Jdbc {
    private static final Logger LOG = LoggerFactory.getLogger(Jdbc.class);

    /** libpq's keywords whose values the driver understands under another name. */
    private static final Map<String, String> SAME_VALUE =
            Map.of(
                    "sslmode", "sslmode",
                    "sslcert", "sslcert",
                    "sslkey", "sslkey",
                    "sslrootcert", "sslrootcert",
                    "options", "options",
                    "connect_timeout", "connectTimeout",
                    "application_name", "ApplicationName",
                    "channel_binding", "channelBinding",
                    "gssencmode", "gssEncMode",
                    "krbsrvname", "kerberosServerName");

    private static final Map<String, String> SERVER_TYPE =
            Map.of(
                    "any", "any",
                    "read-write", "primary",
                    "primary", "primary",
                    "read-only", "secondary",
                    "standby", "secondary",
                    "prefer-standby", "preferSecondary");

    private Jdbc() {}

    static Connection connect(ConnectionSpec spec) throws SQLException {
        Connection connection = new Driver().connect(url(spec), properties(spec));
        if (connection == null) {
            throw new SQLException("The driver did not take the address", "08001");
        }
        return connection;
    }

    static String url(ConnectionSpec spec) {
        String host = spec.isSocket() ? "localhost" : spec.host();
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        String database = URLEncoder.encode(spec.database(), StandardCharsets.UTF_8);
        return "jdbc:postgresql://" + bracketed + ":" + spec.port() + "/" + database;
    }

    static Properties properties(ConnectionSpec spec) {
        var properties = new Properties();
        properties.put("user", spec.user());
        properties.put("connectTimeout", "10");
        properties.put("tcpKeepAlive", "true");
        properties.put("ApplicationName", "lifeboat");
        // Details of server messages hold values of rows.
        properties.put("logServerErrorDetail", "false");
        spec.options()
                .forEach(
                        (keyword, value) -> {
                            if (SAME_VALUE.containsKey(keyword)) {
                                properties.put(SAME_VALUE.get(keyword), value);
                            }
                        });
        String attributes = spec.options().getOrDefault("target_session_attrs", "any");
        properties.put("targetServerType", SERVER_TYPE.getOrDefault(attributes, "any"));
        spec.password().ifPresent(password -> properties.put("password", text(password)));
        if (spec.isSocket()) {
            properties.put("socketFactory", UnixSocketFactory.class.getName());
            properties.put(
                    "socketFactoryArg",
                    SocketPath.of(Path.of(spec.host()), spec.port()).toString());
            properties.put("sslmode", "disable");
            properties.put("gssEncMode", "disable");
        }
        return properties;
    }

    /** The driver takes passwords as text only. */
    private static String text(Secret password) {
        byte[] bytes = password.copyUtf8();
        try {
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException failed) {
            LOG.debug("A statement could not be cancelled.", failed);
        }
    }
}
