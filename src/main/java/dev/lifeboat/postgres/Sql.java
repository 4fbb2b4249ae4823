package dev.lifeboat.postgres;

/** Text for statements that take no parameters, such as CREATE DATABASE. */
public final class Sql {
    private Sql() {}

    /** A name between double quotes. */
    public static String identifier(String name) {
        refuseZero(name);
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /**
     * A string constant, the same under any standard_conforming_strings.
     *
     * <p>Source: PostgreSQL documentation, 4.1.2.2 "String Constants with C-Style Escapes".
     */
    public static String literal(String text) {
        refuseZero(text);
        String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }

    private static void refuseZero(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL's text cannot hold the character zero");
        }
    }
}
