package dev.lifeboat.settings;

import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.secrets.ResolvedSecret;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.storage.StoragePrices;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a command works on, resolved once. Immutable; prints no secret. What is missing or unusable
 * is reported when it is asked for, so that a command stops only over settings it needs.
 *
 * <p>Every method that throws does so with {@code SETTING_MISSING} or {@code SETTING_INVALID}, and
 * names the variable, the field and an example.
 */
public final class Settings {
    private static final String DEFAULT_RETENTION_DAYS = "30";
    private static final String DEFAULT_PITR_DAYS = "7";
    private static final String DEFAULT_SECONDARY_REGION = "eu-west-1";
    private static final String DEFAULT_PAGERDUTY_URL = "https://events.pagerduty.com";
    private static final String OLD_KEYS = "BACKUP_DECRYPTION_KEYS";
    private static final String[] NONE = {};
    private static final String DEFAULT_LOG_DIR = "storage/logs";

    private final Optional<Profile> profile;
    private final Map<Setting, Value> values;
    private final Map<String, String> environment;
    private final DatabaseChoice database;
    private final List<Contradiction> contradictions;
    private final Directories directories;

    Settings(
            Optional<Profile> profile,
            Map<Setting, Value> values,
            Map<String, String> environment,
            DatabaseChoice database,
            List<Contradiction> contradictions,
            Directories directories) {
        this.profile = profile;
        this.values = Map.copyOf(values);
        this.environment = Map.copyOf(environment);
        this.database = database;
        this.contradictions = List.copyOf(contradictions);
        this.directories = directories;
    }

    /** The chosen profile's name; empty when the environment alone decides. */
    public Optional<String> profile() {
        return profile.map(Profile::name);
    }

    public Classification classification() {
        return profile.map(Profile::classification).orElse(Classification.UNKNOWN);
    }

    public Directories directories() {
        return directories;
    }

    /** Variables that say something else than the chosen profile. */
    public List<Contradiction> contradictions() {
        return contradictions;
    }

    /**
     * Every command that writes calls this first.
     *
     * @throws RecoveryException {@code SETTINGS_CONTRADICT} when there is a contradiction
     */
    public void requireNoContradiction() throws RecoveryException {
        if (contradictions.isEmpty()) {
            return;
        }
        throw new RecoveryException(
                ProblemCode.SETTINGS_CONTRADICT,
                "The environment contradicts the profile '" + profile().orElse("") + "'.",
                contradictions.stream()
                                .map(Contradiction::toString)
                                .collect(Collectors.joining("; "))
                        + ".",
                "Unset what does not belong here (unset "
                        + contradictions.stream()
                                .map(Contradiction::variable)
                                .collect(Collectors.joining(" "))
                        + "), or choose the profile that is meant.");
    }

    /**
     * The database meant: DATABASE_URL or the profile's, completed as libpq does. The caller closes
     * it.
     *
     * @param user whose name is libpq's default for the role
     * @throws RecoveryException {@code SETTING_MISSING} when neither it nor one of libpq's
     *     variables is set, {@code SETTING_INVALID} when it cannot be read
     */
    public ConnectionSpec database(OsUser user) throws RecoveryException {
        Optional<ConnectionSpec> meant = database.resolve(user);
        if (meant.isEmpty()) {
            throw missing(Setting.DATABASE_URL);
        }
        return meant.get();
    }

    /** The bucket backups go to. */
    public RegionSettings primary() throws RecoveryException {
        Value bucket = required(Setting.BACKUP_BUCKET);
        Optional<String> region = text(Setting.BACKUP_REGION).or(() -> variable("AWS_REGION"));
        return new RegionSettings(
                bucket.text(),
                text(Setting.BACKUP_WAL_BUCKET).orElse(bucket.text()),
                region.or(() -> variable("AWS_DEFAULT_REGION")),
                endpoint(Setting.BACKUP_ENDPOINT_URL),
                pathStyle(endpoint(Setting.BACKUP_ENDPOINT_URL)),
                profileField(Setting.AWS_PROFILE));
    }

    /** The DR region's bucket; empty when there is none. */
    public Optional<RegionSettings> secondary() throws RecoveryException {
        Optional<String> bucket = text(Setting.BACKUP_SECONDARY_BUCKET);
        if (bucket.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> endpoint = endpoint(Setting.BACKUP_SECONDARY_ENDPOINT_URL);
        if (endpoint.isEmpty()) {
            endpoint = endpoint(Setting.BACKUP_ENDPOINT_URL);
        }
        String region = text(Setting.BACKUP_SECONDARY_REGION).orElse(DEFAULT_SECONDARY_REGION);
        return Optional.of(
                new RegionSettings(
                        bucket.get(),
                        text(Setting.BACKUP_SECONDARY_WAL_BUCKET).orElse(bucket.get()),
                        Optional.of(region),
                        endpoint,
                        pathStyle(endpoint),
                        text(Setting.BACKUP_SECONDARY_PROFILE)));
    }

    /** What stands before every key: empty, or a folder with its slash such as {@code orders/}. */
    public String prefix() throws RecoveryException {
        Optional<Value> prefix = checked(Setting.BACKUP_PREFIX);
        return prefix.map(Value::canonical).orElse("");
    }

    public Replication replication() throws RecoveryException {
        if (secondary().isEmpty()) {
            return Replication.NONE;
        }
        return profile.map(Profile::replication).orElse(Replication.S3);
    }

    /**
     * The key that new backups are encrypted with. The caller closes it.
     *
     * @throws RecoveryException as {@link SecretSource#resolve}
     */
    public ResolvedSecret encryptionKey(SecretSource source) throws RecoveryException {
        Value key = values.get(Setting.BACKUP_ENCRYPTION_KEY);
        return key == null
                ? source.resolve(Setting.BACKUP_ENCRYPTION_KEY.name(), null)
                : source.resolve(key.origin(), key.text());
    }

    /**
     * Further keys that old backups may be encrypted with: those of the profile, then those of
     * BACKUP_DECRYPTION_KEYS, which stand there apart by white space. The caller closes them.
     *
     * @throws RecoveryException as {@link SecretSource#resolve}
     */
    public List<ResolvedSecret> decryptionKeys(SecretSource source) throws RecoveryException {
        List<ResolvedSecret> keys = new ArrayList<>();
        try {
            for (Value key : profile.map(Profile::decryptionKeys).orElse(List.of())) {
                keys.add(source.resolve(key.origin(), key.text()));
            }
            for (String key :
                    variable(OLD_KEYS).map(all -> all.strip().split("\\s+")).orElse(NONE)) {
                keys.add(source.resolve(OLD_KEYS, key));
            }
            return keys;
        } catch (RecoveryException unresolved) {
            keys.forEach(key -> key.secret().close());
            throw unresolved;
        }
    }

    public int retentionDays() throws RecoveryException {
        return Integer.parseInt(text(Setting.BACKUP_RETENTION_DAYS).orElse(DEFAULT_RETENTION_DAYS));
    }

    /** How many days back every moment must be recoverable. */
    public int pitrDays() throws RecoveryException {
        return Integer.parseInt(text(Setting.BACKUP_PITR_DAYS).orElse(DEFAULT_PITR_DAYS));
    }

    /** The room there is in the bucket, in bytes, where somebody promised one. */
    public OptionalLong quotaBytes() throws RecoveryException {
        Optional<String> quota = text(Setting.BACKUP_QUOTA_BYTES);
        return quota.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(quota.get()));
    }

    /** What storage costs. */
    public StoragePrices storagePrices() throws RecoveryException {
        return text(Setting.BACKUP_STORAGE_PRICES)
                .flatMap(StoragePrices::parse)
                .orElse(StoragePrices.listed());
    }

    /**
     * The address of Slack's webhook, a secret; empty when Slack is not told. The caller closes it.
     *
     * @throws RecoveryException as {@link SecretSource#resolve}
     */
    public Optional<ResolvedSecret> slackWebhook(SecretSource source) throws RecoveryException {
        return secret(Setting.BACKUP_SLACK_WEBHOOK, source);
    }

    /** Whether Slack is told; asks nobody. */
    public boolean tellsSlack() {
        return values.containsKey(Setting.BACKUP_SLACK_WEBHOOK);
    }

    /** The routing key of PagerDuty's Events API; as {@link #slackWebhook}. */
    public Optional<ResolvedSecret> pagerDutyKey(SecretSource source) throws RecoveryException {
        return secret(Setting.BACKUP_PAGERDUTY_KEY, source);
    }

    /** Where PagerDuty takes events. */
    public String pagerDutyService() throws RecoveryException {
        return text(Setting.BACKUP_PAGERDUTY_URL).orElse(DEFAULT_PAGERDUTY_URL);
    }

    private Optional<ResolvedSecret> secret(Setting setting, SecretSource source)
            throws RecoveryException {
        Value value = values.get(setting);
        return value == null
                ? Optional.empty()
                : Optional.of(source.resolve(value.origin(), value.text()));
    }

    /** The git folder that gets a commit of each configuration backup, where one is set. */
    public Optional<Path> configurationGit() throws RecoveryException {
        return text(Setting.BACKUP_CONFIG_GIT).map(Path::of);
    }

    /** Where jobs log, relative to the working directory unless it is absolute. */
    public Path logDirectory() throws RecoveryException {
        return Path.of(text(Setting.BACKUP_LOG_DIR).orElse(DEFAULT_LOG_DIR));
    }

    /**
     * Where {@code wal push} and {@code wal fetch} log: their working directory is a data
     * directory, so a relative folder is taken from {@link Directories#home()}.
     */
    public Path archivingLogDirectory() throws RecoveryException {
        return directories.home().resolve(logDirectory());
    }

    /** The folder of PostgreSQL's programs, where one was named. */
    public Optional<Path> postgresPrograms() throws RecoveryException {
        return text(Setting.LIFEBOAT_PG_BIN).map(Path::of);
    }

    /** What a restored database must answer, as the profile has it. */
    public List<OwnQuery> queries() {
        return profile.map(Profile::queries).orElse(List.of());
    }

    private Optional<URI> endpoint(Setting setting) throws RecoveryException {
        Optional<String> told = text(setting);
        if (told.isPresent()) {
            return told.map(URI::create);
        }
        Optional<String> amazons =
                variable("AWS_ENDPOINT_URL_S3").or(() -> variable("AWS_ENDPOINT_URL"));
        if (amazons.isEmpty()
                || "true".equals(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
            return Optional.empty();
        }
        return Optional.of(
                URI.create(
                        new Value(setting, amazons.get(), "AWS_ENDPOINT_URL_S3").checked().text()));
    }

    private boolean pathStyle(Optional<URI> endpoint) throws RecoveryException {
        Optional<Value> style = checked(Setting.BACKUP_PATH_STYLE);
        return style.map(value -> value.canonical().equals("true")).orElse(endpoint.isPresent());
    }

    private Optional<String> profileField(Setting setting) {
        return profile.map(chosen -> chosen.values().get(setting)).map(Value::text);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    private Optional<String> text(Setting setting) throws RecoveryException {
        return checked(setting).map(Value::canonical);
    }

    private Optional<Value> checked(Setting setting) throws RecoveryException {
        Value value = values.get(setting);
        return value == null ? Optional.empty() : Optional.of(value.checked());
    }

    private Value required(Setting setting) throws RecoveryException {
        Optional<Value> value = checked(setting);
        if (value.isEmpty()) {
            throw missing(setting);
        }
        return value.get();
    }

    private RecoveryException missing(Setting setting) {
        return new RecoveryException(
                ProblemCode.SETTING_MISSING,
                setting + " is not set.",
                profile.map(
                                chosen ->
                                        "Neither the profile '"
                                                + chosen.name()
                                                + "' (field "
                                                + setting.field()
                                                + ") nor the environment says it.")
                        .orElse("No profile is chosen, so the environment alone decides."),
                "Set it, for example: export "
                        + setting
                        + "="
                        + setting.example()
                        + ", or choose a profile with --profile.");
    }

    @Override
    public String toString() {
        return "Settings" + profile().map(name -> " of " + name).orElse("") + values.values();
    }
}
