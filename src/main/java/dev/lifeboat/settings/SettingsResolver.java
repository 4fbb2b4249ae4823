package dev.lifeboat.settings;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes {@link Settings} of profile files and environment. Immutable. */
public final class SettingsResolver {
    /** Where an administrator puts what holds for the whole machine. */
    public static final Path SYSTEM_FOLDER = Path.of("/etc/lifeboat");

    private static final String FILE = "profiles.yaml";

    private final Map<String, String> environment;
    private final Directories directories;
    private final Path systemFolder;

    /**
     * @param environment the process's variables; one that is empty counts as not set
     * @param systemFolder {@link #SYSTEM_FOLDER}, or another one in a test
     */
    public SettingsResolver(
            Map<String, String> environment, Directories directories, Path systemFolder) {
        this.environment = new HashMap<>(environment);
        this.environment.values().removeIf(String::isEmpty);
        this.directories = directories;
        this.systemFolder = systemFolder;
    }

    /** The files profiles are looked for in; the first that has a name decides about it. */
    public List<Path> files() {
        return List.of(directories.config().resolve(FILE), systemFolder.resolve(FILE));
    }

    /**
     * The names of all profiles.
     *
     * @throws RecoveryException {@code SETTING_INVALID} when a profile file cannot be read
     */
    public SortedSet<String> profiles() throws RecoveryException {
        SortedSet<String> names = new TreeSet<>();
        for (Path file : files()) {
            ProfileFile.read(file).ifPresent(there -> names.addAll(there.names()));
        }
        return names;
    }

    /**
     * The settings of a command.
     *
     * @param option the value of {@code --profile}; else LIFEBOAT_PROFILE chooses, or nothing
     * @throws RecoveryException {@code SETTING_INVALID} when the chosen profile does not exist or
     *     has a fault
     */
    public Settings resolve(Optional<String> option) throws RecoveryException {
        return resolve(option, environment);
    }

    /**
     * The settings of {@code wal push} and {@code wal fetch}, which the server starts with little
     * in their environment: what it lacks comes from the files {@code environment} and, when no
     * profile is chosen and it holds exactly one, {@code profiles.yaml} of the system folder.
     *
     * @throws RecoveryException as {@link #resolve}, and when one of these files cannot be read
     */
    public Settings resolveForArchiving(Optional<String> option) throws RecoveryException {
        Map<String, String> filled = archivingEnvironment();
        if (option.or(() -> variable(filled, "LIFEBOAT_PROFILE")).isPresent()) {
            return resolve(option, filled);
        }
        Optional<Profile> only = onlySystemProfile();
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        only.ifPresent(profile -> values.putAll(profile.values()));
        values.putAll(told(filled));
        return new Settings(
                only, values, filled, database(Map.of(), values, filled), List.of(), directories);
    }

    /**
     * The environment of {@code wal push} and {@code wal fetch}: the process's, and for what it
     * lacks the file {@code environment} of the system folder.
     *
     * @throws RecoveryException {@code SETTING_INVALID} when that file cannot be read
     */
    public Map<String, String> archivingEnvironment() throws RecoveryException {
        Map<String, String> filled =
                new EnvironmentFile(systemFolder.resolve("environment")).read();
        filled.putAll(environment);
        return filled;
    }

    private Settings resolve(Optional<String> option, Map<String, String> variables)
            throws RecoveryException {
        Map<Setting, Value> told = told(variables);
        Optional<String> name = option.or(() -> variable(variables, "LIFEBOAT_PROFILE"));
        if (name.isEmpty()) {
            return new Settings(
                    Optional.empty(),
                    told,
                    variables,
                    database(Map.of(), told, variables),
                    List.of(),
                    directories);
        }
        Profile profile = find(name.get());
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        values.putAll(told);
        values.putAll(profile.values());
        DatabaseChoice database = database(profile.values(), told, variables);
        List<Contradiction> contradictions = new ArrayList<>(database.contradictions());
        contradictions.addAll(contradictions(profile, told));
        return new Settings(
                Optional.of(profile), values, variables, database, contradictions, directories);
    }

    private static DatabaseChoice database(
            Map<Setting, Value> inProfile,
            Map<Setting, Value> told,
            Map<String, String> variables) {
        return new DatabaseChoice(
                Optional.ofNullable(inProfile.get(Setting.DATABASE_URL)),
                Optional.ofNullable(told.get(Setting.DATABASE_URL)),
                variables);
    }

    private Profile find(String name) throws RecoveryException {
        for (Path path : files()) {
            Optional<ProfileFile> file = ProfileFile.read(path);
            if (file.isPresent() && file.get().names().contains(name)) {
                return file.get().profile(name);
            }
        }
        SortedSet<String> there = profiles();
        throw new RecoveryException(
                ProblemCode.SETTING_INVALID,
                "There is no profile '" + name + "'.",
                there.isEmpty()
                        ? "Neither " + files().get(0) + " nor " + files().get(1) + " holds any."
                        : "There are: " + String.join(", ", there) + ".",
                "Choose one of the profiles there are, or add this one; docs/profiles.md shows how.");
    }

    private Optional<Profile> onlySystemProfile() throws RecoveryException {
        Optional<ProfileFile> file = ProfileFile.read(systemFolder.resolve(FILE));
        if (file.isEmpty() || file.get().names().size() != 1) {
            return Optional.empty();
        }
        return Optional.of(file.get().profile(file.get().names().iterator().next()));
    }

    private static List<Contradiction> contradictions(Profile profile, Map<Setting, Value> told) {
        List<Contradiction> found = new ArrayList<>();
        for (Value inEnvironment : told.values()) {
            Value inProfile = profile.values().get(inEnvironment.setting());
            if (inProfile != null
                    && inEnvironment.setting() != Setting.DATABASE_URL
                    && !inProfile.canonical().equals(inEnvironment.canonical())) {
                found.add(Contradiction.of(inEnvironment, inProfile));
            }
        }
        return found;
    }

    private static Map<Setting, Value> told(Map<String, String> variables) {
        Map<Setting, Value> told = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            variable(variables, setting.name())
                    .ifPresent(text -> told.put(setting, new Value(setting, text, setting.name())));
        }
        return told;
    }

    private static Optional<String> variable(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name));
    }
}
