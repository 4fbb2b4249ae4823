package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Three clusters that all give the same services; the last one is written wrongly. */
public final class FakeProfiles implements Profiles {
    private final ConsoleServices services;

    public FakeProfiles(ConsoleServices services) {
        this.services = services;
    }

    @Override
    public List<String> names() {
        return List.of("orders-prod", "orders-staging", "broken");
    }

    @Override
    public List<Path> files() {
        return List.of(
                Path.of("/home/sre/.config/lifeboat/profiles.yaml"),
                Path.of("/etc/lifeboat/profiles.yaml"));
    }

    @Override
    public Optional<String> chosen() {
        return Optional.of("orders-prod");
    }

    @Override
    public ConsoleServices open(Optional<String> name) throws RecoveryException {
        if (name.equals(Optional.of("broken"))) {
            throw new RecoveryException(
                    ProblemCode.SETTING_INVALID,
                    "/home/sre/.config/lifeboat/profiles.yaml holds what Lifeboat cannot use.",
                    "line 31: there is no field 'buket'.",
                    "Correct these lines; docs/profiles.md shows every field.");
        }
        return services;
    }
}
