package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The installations of PostgreSQL on a machine, found once. Those that {@link #VARIABLE} names come
 * first; among the others the order is that of PATH, then the usual directories. Immutable.
 */
public final class PgPrograms {
    /** Directories of programs, separated as in PATH. */
    public static final String VARIABLE = "LIFEBOAT_PG_BIN";

    private final List<PgInstallation> installations;

    PgPrograms(List<PgInstallation> installations) {
        this.installations = List.copyOf(installations);
    }

    /**
     * Looks at every place once and asks each directory's version of a program in it.
     *
     * @param environment this program's variables
     * @throws RecoveryException {@code SETTING_INVALID} when {@link #VARIABLE} names a directory
     *     without programs of PostgreSQL
     */
    public static PgPrograms find(Host host, Map<String, String> environment)
            throws RecoveryException {
        return new PgPrograms(new InstallationSearch(host, environment).run());
    }

    /** Everything that was found, in order of preference. */
    public List<PgInstallation> installations() {
        return installations;
    }

    /**
     * An installation of exactly that major version with all those programs: what a data directory,
     * or WAL, needs.
     *
     * @throws RecoveryException {@code PROGRAM_MISSING} that names the package to install, {@code
     *     VERSION_MISMATCH} when there are such programs of other major versions only
     */
    public PgInstallation ofMajor(int major, PgProgram... needed) throws RecoveryException {
        return first(candidate -> candidate.version().major() == major, needed)
                .orElseThrow(() -> missing(major, "of PostgreSQL " + major, needed));
    }

    /**
     * Client programs for a server (or a dump) of that version: of the same major version if there
     * are, else the oldest newer ones. An older {@code pg_dump} refuses a newer server, an older
     * {@code pg_restore} a newer dump.
     *
     * <p>Source: PostgreSQL documentation, pg_dump, "Notes".
     *
     * @throws RecoveryException as {@link #ofMajor}
     */
    public PgInstallation forServer(PgVersion server, PgProgram... needed)
            throws RecoveryException {
        int major = server.major();
        return first(candidate -> candidate.version().major() == major, needed)
                .or(
                        () ->
                                whole(needed)
                                        .filter(each -> each.version().major() > major)
                                        .min(Comparator.comparing(PgInstallation::version)))
                .orElseThrow(() -> missing(major, "of PostgreSQL " + major + " or newer", needed));
    }

    /**
     * The newest installation with all those programs.
     *
     * @throws RecoveryException {@code PROGRAM_MISSING} when there is none
     */
    public PgInstallation newest(PgProgram... needed) throws RecoveryException {
        return whole(needed)
                .max(Comparator.comparing(PgInstallation::version))
                .orElseThrow(() -> missing(15, "of PostgreSQL", needed));
    }

    private interface Wish {
        boolean suits(PgInstallation candidate);
    }

    private Optional<PgInstallation> first(Wish wish, PgProgram... needed) {
        return whole(needed).filter(wish::suits).findFirst();
    }

    private Stream<PgInstallation> whole(PgProgram... needed) {
        return installations.stream().filter(each -> each.hasAll(needed));
    }

    private RecoveryException missing(int major, String wanted, PgProgram... needed) {
        String names = Stream.of(needed).map(PgProgram::fileName).collect(Collectors.joining(", "));
        String packages =
                Stream.of(needed)
                        .map(program -> program.debianPackage(major))
                        .distinct()
                        .collect(Collectors.joining(" "));
        boolean otherMajor = whole(needed).findAny().isPresent();
        return new RecoveryException(
                otherMajor ? ProblemCode.VERSION_MISMATCH : ProblemCode.PROGRAM_MISSING,
                "The programs " + names + " " + wanted + " are missing.",
                installations.isEmpty()
                        ? "No program of PostgreSQL was found on this machine."
                        : "Found were only: " + found() + ".",
                "Install them with: apt-get install "
                        + packages
                        + "; or name their directory in "
                        + VARIABLE
                        + ".");
    }

    private String found() {
        return installations.stream()
                .map(each -> each.version() + " in " + each.bin())
                .collect(Collectors.joining(", "));
    }
}
