package dev.lifeboat.settings;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A {@code profiles.yaml}. A fault in one profile does not keep the others from being used. */
final class ProfileFile {
    private final Path path;
    private final YamlSection profiles;

    private ProfileFile(Path path, YamlSection profiles) {
        this.path = path;
        this.profiles = profiles;
    }

    /**
     * @return empty when there is no such file
     * @throws RecoveryException {@code SETTING_INVALID} when it cannot be read or is no YAML
     */
    static Optional<ProfileFile> read(Path path) throws RecoveryException {
        try {
            return Optional.of(parse(path, Files.readString(path)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new RecoveryException(
                    ProblemCode.SETTING_INVALID,
                    "The profiles in " + path + " cannot be read.",
                    "The system answered: " + unreadable.getClass().getSimpleName() + ".",
                    "Make it a UTF-8 text file that this user may read: ls -l " + path + ".",
                    unreadable);
        }
    }

    static ProfileFile parse(Path path, String text) throws RecoveryException {
        List<String> faults = new ArrayList<>();
        Optional<Node> document = compose(path, text);
        if (document.isEmpty()) {
            throw invalid(path, List.of("line 1: 'profiles:' is expected"), null);
        }
        YamlSection root = YamlSection.of(document.get(), faults);
        root.allow(Set.of("profiles"));
        YamlSection profiles = root.section("profiles");
        refuse(path, faults);
        return new ProfileFile(path, profiles);
    }

    /** Neither the parser's message nor its snippet is passed on: it may show a password. */
    private static Optional<Node> compose(Path path, String text) throws RecoveryException {
        try {
            return new Compose(LoadSettings.builder().build()).composeString(text);
        } catch (MarkedYamlEngineException marked) {
            int line = marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw invalid(path, List.of("line " + line + ": this is not YAML"), marked);
        } catch (YamlEngineException broken) {
            throw invalid(path, List.of("this is not YAML"), broken);
        }
    }

    Path path() {
        return path;
    }

    Set<String> names() {
        return profiles.names();
    }

    /**
     * @throws RecoveryException {@code SETTING_INVALID} with every fault of this profile, each with
     *     its line
     */
    Profile profile(String name) throws RecoveryException {
        List<String> faults = new ArrayList<>();
        Profile profile =
                new ProfileReader(path.toString(), faults)
                        .read(name, profiles.section(name, faults));
        refuse(path, faults);
        return profile;
    }

    private static void refuse(Path path, List<String> faults) throws RecoveryException {
        if (!faults.isEmpty()) {
            throw invalid(path, faults, null);
        }
    }

    private static RecoveryException invalid(Path path, List<String> faults, Throwable cause) {
        return new RecoveryException(
                ProblemCode.SETTING_INVALID,
                path + " holds what Lifeboat cannot use.",
                String.join("; ", faults) + ".",
                "Correct these lines; docs/profiles.md shows every field.",
                cause);
    }
}
