package dev.lifeboat.postgres;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of PostgreSQL.
 *
 * <p>Source: PostgreSQL documentation, 20.15 "Preset Options", server_version_num.
 *
 * @param number as in {@code server_version_num}: 150018 for 15.18, 90624 for 9.6.24
 */
public record PgVersion(int number) implements Comparable<PgVersion> {
    private static final int FIRST_OF_TWO_PARTS = 100_000;
    private static final Pattern PRINTED = Pattern.compile(".*?\\) (\\d+)(?:\\.(\\d+))?\\D*.*");

    public static PgVersion of(int major, int minor) {
        return new PgVersion(major * 10_000 + minor);
    }

    /**
     * Reads what a program prints for {@code --version}, such as {@code pg_dump (PostgreSQL) 15.18
     * (Debian 15.18-0+deb12u1)} or {@code psql (PostgreSQL) 18beta1}; empty for anything else.
     */
    public static Optional<PgVersion> ofProgram(String printed) {
        var matcher = PRINTED.matcher(printed.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int minor = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return Optional.of(of(Integer.parseInt(matcher.group(1)), minor));
    }

    /** What has to agree for a data directory to be readable: 15, or 9 for all 9.x. */
    public int major() {
        return number / 10_000;
    }

    @Override
    public int compareTo(PgVersion other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return number >= FIRST_OF_TWO_PARTS
                ? major() + "." + number % 10_000
                : major() + "." + number / 100 % 100 + "." + number % 100;
    }
}
