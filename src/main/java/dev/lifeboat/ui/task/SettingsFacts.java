package dev.lifeboat.ui.task;

import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.settings.Contradiction;
import dev.lifeboat.settings.RegionSettings;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.Region;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads from settings what the window shows of them. */
final class SettingsFacts {
    private SettingsFacts() {}

    static ProfileFacts of(Settings settings) {
        List<ProfileFacts.RegionFacts> regions = new ArrayList<>();
        Optional<Problem> problem = Optional.empty();
        String prefix = "";
        try {
            regions.add(region(Region.Role.PRIMARY, settings.primary()));
            settings.secondary().ifPresent(dr -> regions.add(region(Region.Role.DR, dr)));
            prefix = settings.prefix();
        } catch (RecoveryException incomplete) {
            problem = Optional.of(incomplete.problem());
        }
        Optional<String> database = Optional.empty();
        try {
            database = Optional.of(database(settings));
        } catch (RecoveryException none) {
            if (none.code() != ProblemCode.SETTING_MISSING) {
                problem = problem.or(() -> Optional.of(none.problem()));
            }
        }
        return new ProfileFacts(
                settings.profile(),
                settings.classification(),
                database,
                regions,
                prefix,
                settings.contradictions().stream().map(Contradiction::toString).toList(),
                problem);
    }

    private static String database(Settings settings) throws RecoveryException {
        try (var spec = settings.database(new LocalHost().currentUser())) {
            return spec.host().startsWith("/")
                    ? spec.database() + ", local socket, port " + spec.port()
                    : spec.database() + "@" + spec.host() + ":" + spec.port();
        }
    }

    private static ProfileFacts.RegionFacts region(Region.Role role, RegionSettings settings) {
        String place =
                settings.region()
                        .or(() -> settings.endpoint().map(SettingsFacts::host))
                        .orElse("AWS's default region");
        return new ProfileFacts.RegionFacts(role, settings.bucket(), settings.walBucket(), place);
    }

    private static String host(URI endpoint) {
        return endpoint.getPort() < 0
                ? endpoint.getHost()
                : endpoint.getHost() + ":" + endpoint.getPort();
    }
}
