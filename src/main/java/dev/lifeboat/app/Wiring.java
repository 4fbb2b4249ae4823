package dev.lifeboat.app;

import dev.lifeboat.cli.LifeboatCli;
import dev.lifeboat.cli.Outcome;
import dev.lifeboat.cli.Surroundings;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.settings.Directories;
import dev.lifeboat.settings.SettingsResolver;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the program together from what the process was given. */
final class Wiring {
    private static final int DEFAULT_COLUMNS = 80;
    private final CancelToken cancel;

    Wiring(CancelToken cancel) {
        this.cancel = cancel;
    }

    LifeboatCli commandLine() {
        return new LifeboatCli(surroundings());
    }

    /** Opens the window, and comes back when it is closed. */
    Outcome console(ConsoleWish wish, String... arguments) {
        Surroundings surroundings = surroundings();
        try {
            if (wish.pictures().isEmpty()) {
                Display.require(surroundings.environment(), surroundings.user().operatingSystem());
            }
            new ConsoleStart(surroundings, wish).run();
            return new Outcome(0, false);
        } catch (NoClassDefFoundError missing) {
            return commandLine().tell(Display.withoutJavaFx(missing), arguments);
        } catch (RecoveryException refused) {
            return commandLine().tell(refused.problem(), arguments);
        }
    }

    private Surroundings surroundings() {
        return new Surroundings(
                System.getenv(),
                user(),
                SettingsResolver.SYSTEM_FOLDER,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                terminals(),
                Integer.getInteger("lifeboat.columns", DEFAULT_COLUMNS),
                Optional.ofNullable(System.getProperty("lifeboat.launcher")).map(Path::of),
                Clock.systemUTC(),
                ZoneId.systemDefault(),
                cancel);
    }

    private static Directories.User user() {
        return new Directories.User(
                System.getProperty("os.name"), System.getProperty("user.name"), home());
    }

    /** HOME where it is set, as every other program takes it; the JDK asks the password file. */
    private static Path home() {
        Path home = Path.of(System.getenv().getOrDefault("HOME", ""));
        return home.isAbsolute() ? home : Path.of(System.getProperty("user.home"));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        var buffered = new BufferedOutputStream(new FileOutputStream(descriptor), 8192);
        return new PrintStream(buffered, true, StandardCharsets.UTF_8);
    }

    /**
     * The launcher says which descriptors are terminals; the JDK knows of stdin and stdout only.
     */
    private static Set<Integer> terminals() {
        return System.getProperty("lifeboat.terminals", "")
                .chars()
                .mapToObj(digit -> digit - '0')
                .collect(Collectors.toUnmodifiableSet());
    }
}
