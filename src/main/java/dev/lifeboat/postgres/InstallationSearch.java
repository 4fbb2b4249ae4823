package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for directories with programs of PostgreSQL. */
final class InstallationSearch {
    /** Debian, PGDG on Red Hat, a build from source, Homebrew, Postgres.app, EDB's installers. */
    private static final List<String> USUAL =
            List.of(
                    "/usr/lib/postgresql/*/bin",
                    "/usr/pgsql-*/bin",
                    "/usr/local/pgsql/bin",
                    "/opt/homebrew/opt/postgresql@*/bin",
                    "/usr/local/opt/postgresql@*/bin",
                    "/opt/homebrew/opt/libpq/bin",
                    "/usr/local/opt/libpq/bin",
                    "/Applications/Postgres.app/Contents/Versions/*/bin",
                    "/Library/PostgreSQL/*/bin",
                    "C:/Program Files/PostgreSQL/*/bin");

    private final Host host;
    private final Map<String, String> environment;
    private final Map<Path, PgInstallation> found = new LinkedHashMap<>();

    InstallationSearch(Host host, Map<String, String> environment) {
        this.host = host;
        this.environment = environment;
    }

    List<PgInstallation> run() throws RecoveryException {
        for (String named : directories(environment.get(PgPrograms.VARIABLE))) {
            if (!look(Path.of(named))) {
                throw new RecoveryException(
                        ProblemCode.SETTING_INVALID,
                        PgPrograms.VARIABLE + " names " + named + ".",
                        "That directory holds no program of PostgreSQL that tells its version.",
                        "Set it to a directory such as /usr/lib/postgresql/15/bin, or unset it.");
            }
        }
        for (String directory : directories(environment.get("PATH"))) {
            look(Path.of(directory));
        }
        for (String pattern : USUAL) {
            for (Path directory : matching(pattern)) {
                look(directory);
            }
        }
        return List.copyOf(found.values());
    }

    private static List<String> directories(String list) {
        if (list == null) {
            return List.of();
        }
        return List.of(list.split(File.pathSeparator)).stream()
                .filter(each -> !each.isBlank())
                .toList();
    }

    private boolean look(Path directory) throws RecoveryException {
        for (PgProgram program : PgProgram.values()) {
            Path file = directory.resolve(program.fileName());
            if (Files.isExecutable(file) && !isWrapper(file)) {
                Path bin = realDirectory(file);
                if (found.containsKey(bin)) {
                    return true;
                }
                Optional<PgVersion> version = version(file);
                if (version.isPresent()) {
                    found.put(bin, new PgInstallation(bin, version.get()));
                    return true;
                }
            }
        }
        return false;
    }

    /** Debian's /usr/bin/psql chooses a version by the clusters of the machine, not by our need. */
    private static boolean isWrapper(Path file) {
        try {
            return file.toRealPath().endsWith("pg_wrapper");
        } catch (IOException gone) {
            return true;
        }
    }

    private static Path realDirectory(Path file) {
        try {
            return file.toRealPath().getParent();
        } catch (IOException gone) {
            return file.toAbsolutePath().getParent();
        }
    }

    private Optional<PgVersion> version(Path program) throws RecoveryException {
        var asked = host.processes().start(ProcessSpec.of(program.toString(), "--version"));
        try {
            String printed = new String(asked.stdout().readAllBytes(), StandardCharsets.UTF_8);
            return asked.waitFor(CancelToken.never()) == 0
                    ? PgVersion.ofProgram(printed)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * The directories of a pattern with at most one star in one of its names, newest name first.
     */
    private static List<Path> matching(String pattern) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return List.of(Path.of(pattern));
        }
        int begin = pattern.lastIndexOf('/', star);
        int end = pattern.indexOf('/', star);
        Path parent = Path.of(pattern.substring(0, begin));
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        var matches = new ArrayList<Path>();
        try (DirectoryStream<Path> each =
                Files.newDirectoryStream(parent, pattern.substring(begin + 1, end))) {
            each.forEach(matches::add);
        } catch (IOException unreadable) {
            return List.of();
        }
        matches.sort(Comparator.reverseOrder());
        return matches.stream().map(match -> match.resolve(pattern.substring(end + 1))).toList();
    }
}
