package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.secrets.aws.SecretsManagerSettings;
import dev.lifeboat.secrets.aws.SecretsManagerVault;
import dev.lifeboat.settings.Directories;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.settings.SettingsResolver;
import dev.lifeboat.storage.RegionChoice;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What a command works with: its settings, the clock, the wish to stop, and where its words go. One
 * for each run of the program; used by the command's thread.
 */
public final class Session {
    private final Surroundings surroundings;
    private final GlobalOptions options;
    private final Directories directories;
    private final SettingsResolver resolver;
    private Output output;
    private Settings settings;
    private Settings archiving;

    Session(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
        this.directories = Directories.of(surroundings.environment(), surroundings.user());
        this.resolver =
                new SettingsResolver(
                        surroundings.environment(), directories, surroundings.systemFolder());
    }

    /** Where results and talk go. */
    public Output output() {
        if (output == null) {
            output = new Output(surroundings, options.json());
        }
        return output;
    }

    /**
     * The settings of this run.
     *
     * @throws RecoveryException {@code SETTING_INVALID} when they cannot be made out
     */
    public Settings settings() throws RecoveryException {
        if (settings == null) {
            settings = resolver.resolve(options.profile());
        }
        return settings;
    }

    /**
     * The settings of a run that writes to a bucket, a database or a data directory.
     *
     * @throws RecoveryException {@code SETTINGS_CONTRADICT} when the environment contradicts the
     *     chosen profile
     */
    public Settings settingsForWriting() throws RecoveryException {
        settings().requireNoContradiction();
        return settings();
    }

    /**
     * The settings of {@code wal push} and {@code wal fetch}: what the environment lacks comes from
     * {@code /etc/lifeboat}. Contradictions are the caller's to check.
     *
     * @throws RecoveryException as {@link #settings()}
     */
    public Settings settingsForArchiving() throws RecoveryException {
        if (archiving == null) {
            archiving = resolver.resolveForArchiving(options.profile());
            AwsProperties.fill(resolver.archivingEnvironment(), surroundings.environment());
        }
        return archiving;
    }

    /** The process's variables; some hold secrets. */
    public Map<String, String> environment() {
        return surroundings.environment();
    }

    /**
     * The services of this run; the caller closes them.
     *
     * @param work the settings the command asked for: {@link #settings()} or {@link
     *     #settingsForWriting()}
     */
    public Engine engine(Settings work, RegionChoice choice) {
        return new Engine(work, choice, secrets(), environment(), clock(), cancel());
    }

    /** Where keys come from. */
    public SecretSource secrets() {
        return new SecretSource(() -> new SecretsManagerVault(SecretsManagerSettings.ofChain()));
    }

    /** The program that starts Lifeboat; empty when it was started in another way. */
    public Optional<Path> launcher() {
        return surroundings.launcher();
    }

    /** The value of {@code --profile}; empty when it was not given. */
    public Optional<String> profileOption() {
        return options.profile();
    }

    /** The same over {@link #settings()}. */
    public Engine engine(RegionChoice choice) throws RecoveryException {
        return engine(settings(), choice);
    }

    /** Lifeboat's own folders. */
    public Directories directories() {
        return directories;
    }

    public Clock clock() {
        return surroundings.clock();
    }

    /** The zone local times are shown in. */
    public ZoneId zone() {
        return surroundings.zone();
    }

    /** Cancelled when the process is asked to end: Ctrl-C, SIGTERM. */
    public CancelToken cancel() {
        return surroundings.cancel();
    }

    /** Whether a person can be asked: stdin and stderr are a terminal. */
    public boolean interactive() {
        return surroundings.terminals().contains(0) && surroundings.terminals().contains(2);
    }
}
