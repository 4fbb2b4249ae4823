package dev.lifeboat.host;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which OS user database servers run as. PostgreSQL refuses to run as root.
 *
 * <p>Source: PostgreSQL documentation, 19.1 "The PostgreSQL User Account".
 */
public final class ServerUser {
    /** The variable that names the user; it counts when Lifeboat runs as root. */
    public static final String VARIABLE = "LIFEBOAT_PG_USER";

    private static final String USUAL = "postgres";

    private ServerUser() {}

    /**
     * Under root the user of {@link #VARIABLE}, else {@code postgres}; otherwise the current user.
     *
     * @param environment this program's variables
     * @throws RecoveryException {@code SETTING_INVALID} when there is no such user, it is root, or
     *     it is another one than the current user and Lifeboat is not root
     */
    public static OsUser choose(Host host, Map<String, String> environment)
            throws RecoveryException {
        OsUser current = host.currentUser();
        Optional<String> named =
                Optional.ofNullable(environment.get(VARIABLE)).filter(name -> !name.isBlank());
        if (!current.isRoot()) {
            return named.isEmpty() || named.get().equals(current.name())
                    ? current
                    : refuseOther(named.get(), current);
        }
        OsUser user = named.isPresent() ? host.user(named.get()) : usual(host);
        return user.isRoot() ? refuseRoot() : user;
    }

    /**
     * Makes sure that the user can come to a directory, through all its ancestors.
     *
     * @throws RecoveryException {@code TARGET_NOT_WRITABLE} that names the ancestor in the way
     */
    public static void requireReach(Host host, OsUser user, Path directory)
            throws RecoveryException {
        Optional<Path> blocked = host.files().blockedAt(user, directory);
        if (blocked.isPresent()) {
            throw new RecoveryException(
                    ProblemCode.TARGET_NOT_WRITABLE,
                    "OS user " + user + " cannot reach " + directory + ".",
                    "The directory " + blocked.get() + " does not let that user through.",
                    "Choose a directory that "
                            + user
                            + " can reach, or open the way with: chmod"
                            + " o+x "
                            + blocked.get());
        }
    }

    private static OsUser usual(Host host) throws RecoveryException {
        try {
            return host.user(USUAL);
        } catch (RecoveryException none) {
            throw new RecoveryException(
                    ProblemCode.SETTING_INVALID,
                    "There is no OS user that a database server could run as.",
                    "Lifeboat runs as root, PostgreSQL refuses to, and this machine has no user"
                            + " 'postgres'.",
                    "Set "
                            + VARIABLE
                            + " to an unprivileged user, or create one with: useradd"
                            + " --system postgres",
                    none);
        }
    }

    private static OsUser refuseOther(String named, OsUser current) throws RecoveryException {
        throw new RecoveryException(
                ProblemCode.SETTING_INVALID,
                VARIABLE + " names " + named + ", but Lifeboat runs as " + current + ".",
                "Only root can start a server as another user.",
                "Unset " + VARIABLE + ", or run the command as root or as " + named + ".");
    }

    private static OsUser refuseRoot() throws RecoveryException {
        throw new RecoveryException(
                ProblemCode.SETTING_INVALID,
                VARIABLE + " names root.",
                "PostgreSQL refuses to run as root.",
                "Set " + VARIABLE + " to an unprivileged user such as postgres.");
    }
}
