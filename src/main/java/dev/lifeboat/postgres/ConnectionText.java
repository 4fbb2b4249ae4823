package dev.lifeboat.postgres;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a connection string into libpq's keywords. No problem here quotes the text. */
final class ConnectionText {
    private ConnectionText() {}

    static Map<String, String> read(String text) throws RecoveryException {
        String stripped = text.strip();
        for (String scheme : new String[] {"postgresql://", "postgres://"}) {
            if (stripped.startsWith(scheme)) {
                return new UriText(stripped.substring(scheme.length())).read();
            }
        }
        refuseOtherSchemes(stripped);
        if (stripped.indexOf('=') < 0) {
            throw unreadable("It begins neither with postgresql:// nor holds keyword=value pairs.");
        }
        return new ConninfoText(stripped).read();
    }

    private static void refuseOtherSchemes(String text) throws RecoveryException {
        int scheme = text.indexOf("://");
        if (scheme > 0 && text.substring(0, scheme).matches("[a-z+:0-9]+")) {
            throw unreadable(
                    "It begins with "
                            + text.substring(0, scheme)
                            + "://, which PostgreSQL's programs do not take.");
        }
    }

    static RecoveryException unreadable(String why) {
        return new RecoveryException(
                ProblemCode.SETTING_INVALID,
                "The database's connection string cannot be read.",
                why,
                "Write it like postgresql://user:password@host:5432/database (special characters"
                        + " percent-encoded), or like: host=/var/run/postgresql dbname=database.");
    }

    /**
     * The part of a URI behind the scheme.
     *
     * <p>Source: src/interfaces/libpq/fe-connect.c, conninfo_uri_parse_options.
     */
    private record UriText(String text) {
        Map<String, String> read() throws RecoveryException {
            var values = new LinkedHashMap<String, String>();
            int question = text.indexOf('?');
            String beforeQuery = question < 0 ? text : text.substring(0, question);
            int slash = beforeQuery.indexOf('/');
            String authority = slash < 0 ? beforeQuery : beforeQuery.substring(0, slash);
            int at = authority.indexOf('@');
            if (at >= 0) {
                readUser(authority.substring(0, at), values);
            }
            readHost(authority.substring(at + 1), values);
            if (slash >= 0) {
                put(values, "dbname", beforeQuery.substring(slash + 1));
            }
            if (question >= 0) {
                readParameters(text.substring(question + 1), values);
            }
            return values;
        }

        private static void readUser(String part, Map<String, String> values)
                throws RecoveryException {
            int colon = part.indexOf(':');
            put(values, "user", colon < 0 ? part : part.substring(0, colon));
            if (colon >= 0) {
                put(values, "password", part.substring(colon + 1));
            }
        }

        private static void readHost(String part, Map<String, String> values)
                throws RecoveryException {
            if (part.indexOf('@') >= 0) {
                throw unreadable(
                        "There are two @ before the host; one inside user or password must be"
                                + " written %40.");
            }
            int portColon = part.lastIndexOf(':');
            String host = part;
            if (part.startsWith("[")) {
                int close = part.indexOf(']');
                if (close < 0 || (close + 1 < part.length() && part.charAt(close + 1) != ':')) {
                    throw unreadable("An IPv6 address must stand between [ and ].");
                }
                host = part.substring(1, close);
                portColon = close + 1 < part.length() ? close + 1 : -1;
            } else if (portColon >= 0) {
                host = part.substring(0, portColon);
            }
            put(values, "host", host);
            if (portColon >= 0) {
                put(values, "port", part.substring(portColon + 1));
            }
        }

        private static void readParameters(String query, Map<String, String> values)
                throws RecoveryException {
            for (String pair : query.split("&")) {
                if (pair.isEmpty()) {
                    continue;
                }
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw unreadable("Behind the ? stands something that is no keyword=value.");
                }
                String keyword = decode(pair.substring(0, equals));
                String value = pair.substring(equals + 1);
                if (keyword.equals("ssl") && value.equals("true")) {
                    put(values, "sslmode", "require");
                } else {
                    put(values, keyword, value);
                }
            }
        }

        private static void put(Map<String, String> values, String keyword, String encoded)
                throws RecoveryException {
            if (!encoded.isEmpty()) {
                values.put(keyword, decode(encoded));
            }
        }
    }

    private static String decode(String encoded) throws RecoveryException {
        byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
        var decoded = new java.io.ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0 || high + low == 0) {
                throw unreadable("A % is not followed by two hexadecimal digits (%25 means %).");
            }
            decoded.write(high << 4 | low);
            i += 2;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /**
     * Pairs of keyword and value, the value perhaps between single quotes, with backslash escapes.
     *
     * <p>Source: src/interfaces/libpq/fe-connect.c, conninfo_parse.
     */
    private static final class ConninfoText {
        private final String text;
        private int at;

        ConninfoText(String text) {
            this.text = text;
        }

        Map<String, String> read() throws RecoveryException {
            var values = new LinkedHashMap<String, String>();
            skipSpace();
            while (at < text.length()) {
                int begin = at;
                while (at < text.length() && text.charAt(at) != '=' && !isSpace()) {
                    at++;
                }
                String keyword = text.substring(begin, at);
                skipSpace();
                if (at >= text.length() || text.charAt(at) != '=' || keyword.isEmpty()) {
                    throw unreadable("A keyword is not followed by = and a value.");
                }
                at++;
                skipSpace();
                String value = readValue();
                if (!value.isEmpty()) {
                    values.put(keyword, value);
                }
                skipSpace();
            }
            return values;
        }

        private String readValue() throws RecoveryException {
            boolean quoted = at < text.length() && text.charAt(at) == '\'';
            if (quoted) {
                at++;
            }
            var value = new StringBuilder();
            while (at < text.length() && (quoted ? text.charAt(at) != '\'' : !isSpace())) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            if (quoted && at++ >= text.length()) {
                throw unreadable("A value between single quotes has no end.");
            }
            return value.toString();
        }

        private void skipSpace() {
            while (at < text.length() && isSpace()) {
                at++;
            }
        }

        private boolean isSpace() {
            return Character.isWhitespace(text.charAt(at));
        }
    }
}
