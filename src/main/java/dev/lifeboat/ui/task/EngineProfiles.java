package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.settings.Directories;
import dev.lifeboat.settings.SettingsResolver;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The profiles of the settings' files, each with services over an engine. */
public final class EngineProfiles implements Profiles {
    private final SettingsResolver resolver;
    private final Optional<String> asked;
    private final SecretSource secrets;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Optional<Path> launcher;
    private final Directories directories;

    /**
     * @param asked the profile of the command line; LIFEBOAT_PROFILE stands for it
     * @param launcher the program that starts Lifeboat, where it is known
     */
    public EngineProfiles(
            SettingsResolver resolver,
            Optional<String> asked,
            SecretSource secrets,
            Map<String, String> environment,
            Clock clock,
            Optional<Path> launcher,
            Directories directories) {
        this.resolver = resolver;
        this.asked = asked;
        this.secrets = secrets;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.launcher = launcher;
        this.directories = directories;
    }

    @Override
    public List<String> names() throws RecoveryException {
        return List.copyOf(resolver.profiles());
    }

    @Override
    public List<Path> files() {
        return resolver.files();
    }

    @Override
    public Optional<String> chosen() {
        return asked.or(
                () ->
                        Optional.ofNullable(environment.get("LIFEBOAT_PROFILE"))
                                .filter(name -> !name.isEmpty()));
    }

    @Override
    public ConsoleServices open(Optional<String> name) throws RecoveryException {
        Path output = directories.home().resolve("console/commands");
        return new EngineServices(
                resolver.resolve(name),
                secrets,
                environment,
                clock,
                new ChildCommands(launcher, name, environment, output));
    }
}
