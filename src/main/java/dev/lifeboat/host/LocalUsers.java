package dev.lifeboat.host;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Users of this machine, asked of {@code id}. */
final class LocalUsers {
    /** Source: POSIX, utility id, "STDOUT": uid=%u(name) gid=%u(group). */
    private static final Pattern ID =
            Pattern.compile("uid=(\\d+)(?:\\(([^)]*)\\))? gid=(\\d+)(?:\\([^)]*\\))?.*");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.@\\\\-]*\\$?");

    private final Supplier<OsUser> current = new Once<>(LocalUsers::ask);

    OsUser current() {
        return current.get();
    }

    OsUser find(String name) throws RecoveryException {
        if (NAME.matcher(name).matches()) {
            var found = Shell.firstLine("id", name).flatMap(LocalUsers::read);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new RecoveryException(
                ProblemCode.SETTING_INVALID,
                "This machine has no OS user '" + name + "'.",
                "The program 'id' knows no such user.",
                "Name an existing user, or create it with: useradd --system " + name);
    }

    static Optional<OsUser> read(String line) {
        var id = ID.matcher(line);
        if (!id.matches()) {
            return Optional.empty();
        }
        String name = id.group(2) == null ? id.group(1) : id.group(2);
        return Optional.of(
                new OsUser(name, Integer.parseInt(id.group(1)), Integer.parseInt(id.group(3))));
    }

    private static OsUser ask() {
        return Shell.firstLine("id")
                .flatMap(LocalUsers::read)
                .orElseGet(() -> new OsUser(System.getProperty("user.name"), -1, -1));
    }
}
