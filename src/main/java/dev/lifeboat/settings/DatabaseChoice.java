package dev.lifeboat.settings;

import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which database is meant, where the profile, DATABASE_URL and libpq's variables may all say it.
 */
final class DatabaseChoice {
    /** Any one of them names a database to libpq. */
    private static final List<String> NAMING =
            List.of("PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE");

    private static final Map<String, Function<ConnectionSpec, String>> PARTS =
            Map.of(
                    "PGHOST", ConnectionSpec::host,
                    "PGPORT", spec -> Integer.toString(spec.port()),
                    "PGDATABASE", ConnectionSpec::database,
                    "PGUSER", ConnectionSpec::user);

    /** Stands for whoever runs this: both sides of a comparison default to the same name. */
    private static final OsUser ANYBODY = new OsUser("", -1, -1);

    private final Optional<Value> inProfile;
    private final Optional<Value> inEnvironment;
    private final Map<String, String> environment;

    DatabaseChoice(
            Optional<Value> inProfile,
            Optional<Value> inEnvironment,
            Map<String, String> environment) {
        this.inProfile = inProfile;
        this.inEnvironment = inEnvironment;
        this.environment = environment;
    }

    /** The database meant; empty when nothing names one. The caller closes it. */
    Optional<ConnectionSpec> resolve(OsUser user) throws RecoveryException {
        Optional<Value> told = inProfile.or(() -> inEnvironment);
        if (told.isPresent()) {
            var spec = ConnectionSpec.parse(told.get().text(), environment, user);
            return Optional.of(spec.password().isPresent() ? spec : withPassword(spec, user));
        }
        return NAMING.stream().anyMatch(environment::containsKey)
                ? Optional.of(ConnectionSpec.fromEnvironment(environment, user))
                : Optional.empty();
    }

    /** A profile without a password takes that of a DATABASE_URL for the very same database. */
    private ConnectionSpec withPassword(ConnectionSpec spec, OsUser user) throws RecoveryException {
        if (inProfile.isEmpty() || inEnvironment.isEmpty()) {
            return spec;
        }
        var other = ConnectionSpec.parse(inEnvironment.get().text(), environment, user);
        if (other.equals(spec)) {
            return other;
        }
        other.close();
        return spec;
    }

    /** What the environment says otherwise than the profile. */
    List<Contradiction> contradictions() {
        List<Contradiction> found = new ArrayList<>();
        if (inProfile.isPresent()) {
            inEnvironment
                    .filter(value -> !same(inProfile.get().text(), value.text()))
                    .ifPresent(value -> found.add(Contradiction.of(value, inProfile.get())));
            PARTS.keySet().stream().sorted().forEach(name -> part(name).ifPresent(found::add));
        }
        return found;
    }

    /** The profile's URL does not bend to a variable, unless it leaves that part open. */
    private Optional<Contradiction> part(String variable) {
        String told = environment.get(variable);
        if (told == null) {
            return Optional.empty();
        }
        var alone = new HashMap<String, String>();
        alone.put(variable, told);
        try (var spec = ConnectionSpec.parse(inProfile.get().text(), alone, ANYBODY)) {
            String meant = PARTS.get(variable).apply(spec);
            return meant.equals(told)
                    ? Optional.empty()
                    : Optional.of(
                            new Contradiction(variable, told, meant, inProfile.get().origin()));
        } catch (RecoveryException unreadable) {
            return Optional.empty(); // told when the database is asked for
        }
    }

    private boolean same(String profiles, String environments) {
        try (var meant = ConnectionSpec.parse(profiles, environment, ANYBODY);
                var told = ConnectionSpec.parse(environments, environment, ANYBODY)) {
            return meant.equals(told);
        } catch (RecoveryException unreadable) {
            return profiles.equals(environments);
        }
    }
}
