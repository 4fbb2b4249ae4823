package dev.lifeboat.postgres;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The connection parameters Lifeboat takes, with libpq's variable for each; the constant's name in
 * small letters is the keyword. Those without a variable are understood, and left at their
 * defaults.
 *
 * <p>Source: PostgreSQL documentation, 34.1.2 "Parameter Key Words", 34.15 "Environment Variables".
 */
enum LibpqKeyword {
    HOST("PGHOST"),
    PORT("PGPORT"),
    DBNAME("PGDATABASE"),
    USER("PGUSER"),
    PASSWORD("PGPASSWORD"),
    PASSFILE("PGPASSFILE"),
    SERVICE("PGSERVICE"),
    APPLICATION_NAME("PGAPPNAME"),
    OPTIONS("PGOPTIONS"),
    CONNECT_TIMEOUT("PGCONNECT_TIMEOUT"),
    CLIENT_ENCODING("PGCLIENTENCODING"),
    SSLMODE("PGSSLMODE"),
    SSLCERT("PGSSLCERT"),
    SSLKEY("PGSSLKEY"),
    SSLROOTCERT("PGSSLROOTCERT"),
    SSLCRL("PGSSLCRL"),
    SSLNEGOTIATION("PGSSLNEGOTIATION"),
    SSLSNI("PGSSLSNI"),
    SSL_MIN_PROTOCOL_VERSION("PGSSLMINPROTOCOLVERSION"),
    SSL_MAX_PROTOCOL_VERSION("PGSSLMAXPROTOCOLVERSION"),
    CHANNEL_BINDING("PGCHANNELBINDING"),
    REQUIRE_AUTH("PGREQUIREAUTH"),
    REQUIREPEER("PGREQUIREPEER"),
    GSSENCMODE("PGGSSENCMODE"),
    KRBSRVNAME("PGKRBSRVNAME"),
    TARGET_SESSION_ATTRS("PGTARGETSESSIONATTRS"),
    FALLBACK_APPLICATION_NAME(""),
    KEEPALIVES(""),
    KEEPALIVES_IDLE(""),
    KEEPALIVES_INTERVAL(""),
    KEEPALIVES_COUNT(""),
    TCP_USER_TIMEOUT("");

    private final String variable;

    LibpqKeyword(String variable) {
        this.variable = variable;
    }

    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    String variable() {
        return variable;
    }

    static Optional<LibpqKeyword> of(String keyword) {
        return Stream.of(values()).filter(each -> each.keyword().equals(keyword)).findFirst();
    }
}
