package dev.lifeboat.catalog.configuration;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that includes other files, in {@code postgresql.conf}, {@code pg_hba.conf} or {@code
 * pg_ident.conf}.
 *
 * <p>Source: PostgreSQL documentation, "Configuration File Includes"; "The pg_hba.conf File".
 *
 * @param path absolute: a relative one is meant from the file that the line stands in
 */
public record ConfigInclude(Kind kind, String path) {
    private static final Pattern LINE =
            Pattern.compile(
                    "^\\s*(include_if_exists|include_dir|include)(?:\\s*=\\s*|\\s+|(?=['\"]))"
                            + "(?:'([^']*)'|\"([^\"]*)\"|([^\\s#]+)).*$",
                    Pattern.CASE_INSENSITIVE);
    private static final String SUFFIX = ".conf";

    /** What is included. */
    public enum Kind {
        INCLUDE,
        INCLUDE_IF_EXISTS,
        INCLUDE_DIR
    }

    /**
     * Reads a line.
     *
     * @param file the absolute path of the file that it stands in
     * @return empty when it includes nothing
     */
    public static Optional<ConfigInclude> of(String line, String file) {
        Matcher include = LINE.matcher(line);
        if (!include.matches()) {
            return Optional.empty();
        }
        String named =
                Optional.ofNullable(include.group(2))
                        .or(() -> Optional.ofNullable(include.group(3)))
                        .orElse(include.group(4));
        return Optional.of(
                new ConfigInclude(
                        Kind.valueOf(include.group(1).toUpperCase(Locale.ROOT)),
                        Path.of(file).resolveSibling(named).normalize().toString()));
    }

    /** Whether a directory's file of that name is included with it. */
    public static boolean takes(String name) {
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }
}
