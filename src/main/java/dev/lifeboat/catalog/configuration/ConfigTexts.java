package dev.lifeboat.catalog.configuration;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cluster's configuration as one text for each of its files: what a file includes stands where it
 * is included, as the server reads it. Immutable.
 */
public final class ConfigTexts {
    private static final int DEEPEST = 10;

    /** A value of {@code pg_hba.conf} that is read from another file. */
    private static final Pattern ELSEWHERE = Pattern.compile("(?<=^|[\\s,])@([^\\s,\"]+)");

    private final ConfigFiles files;

    public ConfigTexts(ConfigFiles files) {
        this.files = files;
    }

    /** {@code postgresql.conf}; empty when it is not known which file that is. */
    public Optional<String> main() {
        return root("postgresql.conf").map(path -> text(path, false, 0));
    }

    /** {@code pg_hba.conf}; as above. */
    public Optional<String> hba() {
        return root("pg_hba.conf").map(path -> text(path, true, 0));
    }

    /** {@code pg_ident.conf}; as above. */
    public Optional<String> ident() {
        return root("pg_ident.conf").map(path -> text(path, false, 0));
    }

    /** The one file of that name that no other includes. */
    private Optional<String> root(String name) {
        Set<String> included = new HashSet<>();
        for (String path : files.paths()) {
            for (String line : files.text(path).lines().toList()) {
                ConfigInclude.of(line, path).ifPresent(found -> included.addAll(meant(found)));
            }
        }
        List<String> found =
                files.paths().stream()
                        .filter(path -> path.endsWith("/" + name) && !included.contains(path))
                        .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private List<String> meant(ConfigInclude include) {
        if (include.kind() != ConfigInclude.Kind.INCLUDE_DIR) {
            return files.paths().stream().filter(include.path()::equals).toList();
        }
        Path folder = Path.of(include.path());
        return files.paths().stream()
                .filter(path -> folder.equals(Path.of(path).getParent()))
                .filter(path -> ConfigInclude.takes(Path.of(path).getFileName().toString()))
                .toList();
    }

    /**
     * @param names whether words of a line may name other files
     */
    private String text(String path, boolean names, int depth) {
        var text = new StringBuilder();
        for (String line : files.text(path).lines().toList()) {
            Optional<ConfigInclude> include = ConfigInclude.of(line, path);
            if (include.isPresent()) {
                text.append(included(include.get(), names, depth));
            } else {
                text.append(names ? fromItsFolder(line, path) : line).append('\n');
            }
        }
        return text.toString();
    }

    /** Another file that a word names is meant from the folder of the line's file. */
    private static String fromItsFolder(String line, String path) {
        return ELSEWHERE
                .matcher(line)
                .replaceAll(
                        file ->
                                Matcher.quoteReplacement(
                                        "@" + Path.of(path).resolveSibling(file.group(1))));
    }

    private String included(ConfigInclude include, boolean names, int depth) {
        List<String> meant = meant(include);
        boolean directory = include.kind() == ConfigInclude.Kind.INCLUDE_DIR;
        if ((meant.isEmpty() && !directory) || depth == DEEPEST) {
            return include.kind().name().toLowerCase(Locale.ROOT) + " '" + include.path() + "'\n";
        }
        var text = new StringBuilder();
        for (String path : meant) {
            text.append("# From ").append(path).append(":\n").append(text(path, names, depth + 1));
        }
        return text.toString();
    }
}
