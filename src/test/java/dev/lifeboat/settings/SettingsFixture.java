package dev.lifeboat.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A machine with profile files and variables, made for one test. */
final class SettingsFixture {
    static final String BUCKET = "backups";

    private final Map<String, String> environment = new HashMap<>();
    private final Path folder;

    SettingsFixture(Path folder) {
        this.folder = folder;
    }

    SettingsFixture variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    SettingsFixture variables(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    SettingsFixture userProfiles(String yaml) {
        return file(folder.resolve("config/lifeboat/profiles.yaml"), yaml);
    }

    SettingsFixture systemProfiles(String yaml) {
        return file(systemFolder().resolve("profiles.yaml"), yaml);
    }

    SettingsFixture systemEnvironment(String lines) {
        return file(systemFolder().resolve("environment"), lines);
    }

    private SettingsFixture file(Path path, String text) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    Path systemFolder() {
        return folder.resolve("etc");
    }

    SettingsResolver resolver() {
        var directories =
                new Directories(
                        folder.resolve("home"),
                        folder.resolve("cache"),
                        folder.resolve("config/lifeboat"));
        return new SettingsResolver(environment, directories, systemFolder());
    }

    Settings settings() throws Exception {
        return resolver().resolve(Optional.empty());
    }

    Settings settings(String profile) throws Exception {
        return resolver().resolve(Optional.of(profile));
    }

    Settings archivingSettings() throws Exception {
        return resolver().resolveForArchiving(Optional.empty());
    }
}
