package dev.lifeboat.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The folders Lifeboat keeps its own things in; none of them is made here.
 *
 * @param home state: jobs, journals, restores; LIFEBOAT_HOME or what the system prescribes
 * @param cache what may be deleted at any time
 * @param config the user's own settings, {@code profiles.yaml} among them
 */
public record Directories(Path home, Path cache, Path config) {

    /** Whose folders are asked for. */
    public record User(String operatingSystem, String name, Path home) {
        boolean isRoot() {
            return name.equals("root");
        }
    }

    /**
     * The system's conventions: XDG on Linux, {@code Library} on macOS, {@code %LOCALAPPDATA%} on
     * Windows. Root on Linux gets {@code /var/lib/lifeboat}, since the unprivileged user that runs
     * a restored server must be able to reach its data directory and cannot pass {@code /root}.
     *
     * <p>Source: XDG Base Directory Specification: relative paths in its variables are ignored.
     */
    public static Directories of(Map<String, String> environment, User user) {
        Directories usual = usual(environment, user);
        return absolute(environment, "LIFEBOAT_HOME", true)
                .map(home -> new Directories(home, home.resolve("cache"), usual.config))
                .orElse(usual);
    }

    private static Directories usual(Map<String, String> environment, User user) {
        String system = user.operatingSystem().toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return windows(environment, user);
        }
        Directories plain = system.startsWith("mac") ? mac(user) : linux(user);
        return new Directories(
                xdg(environment, "XDG_STATE_HOME", plain.home),
                xdg(environment, "XDG_CACHE_HOME", plain.cache),
                xdg(environment, "XDG_CONFIG_HOME", plain.config));
    }

    private static Directories linux(User user) {
        Path config = user.home().resolve(".config/lifeboat");
        if (user.isRoot()) {
            return new Directories(
                    Path.of("/var/lib/lifeboat"), Path.of("/var/cache/lifeboat"), config);
        }
        return new Directories(
                user.home().resolve(".local/state/lifeboat"),
                user.home().resolve(".cache/lifeboat"),
                config);
    }

    private static Directories mac(User user) {
        Path library = user.isRoot() ? Path.of("/Library") : user.home().resolve("Library");
        Path support = library.resolve("Application Support/lifeboat");
        return new Directories(support, library.resolve("Caches/lifeboat"), support);
    }

    private static Directories windows(Map<String, String> environment, User user) {
        Path data = user.home().resolve("AppData");
        Path local = absolute(environment, "LOCALAPPDATA", false).orElse(data.resolve("Local"));
        Path roaming = absolute(environment, "APPDATA", false).orElse(data.resolve("Roaming"));
        Path home = local.resolve("lifeboat");
        return new Directories(home, home.resolve("cache"), roaming.resolve("lifeboat"));
    }

    private static Path xdg(Map<String, String> environment, String variable, Path otherwise) {
        return absolute(environment, variable, false)
                .map(folder -> folder.resolve("lifeboat"))
                .orElse(otherwise);
    }

    private static Optional<Path> absolute(
            Map<String, String> environment, String variable, boolean makeAbsolute) {
        String value = environment.getOrDefault(variable, "");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Path path = Path.of(value);
        if (makeAbsolute) {
            return Optional.of(path.toAbsolutePath().normalize());
        }
        return path.isAbsolute() ? Optional.of(path) : Optional.empty();
    }
}
