package dev.lifeboat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.SecretSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

class SettingsTest {
    private static final String KEY = "correct horse battery staple";
    private static final String PASSWORD = "tr0ub4dor";

    @TempDir private Path folder;

    private SettingsFixture machine() {
        return new SettingsFixture(folder);
    }

    @Test
    void takesTheRunbooksVariablesAsTheyAre() throws Exception {
        Settings settings =
                machine()
                        .variables(
                                Map.of(
                                        "BACKUP_BUCKET", "mockupaws-backups-prod",
                                        "BACKUP_REGION", "us-east-1",
                                        "BACKUP_SECONDARY_REGION", "eu-west-1",
                                        "BACKUP_SECONDARY_BUCKET", "mockupaws-backups-dr",
                                        "BACKUP_RETENTION_DAYS", "30"))
                        .settings();

        assertThat(settings.primary())
                .isEqualTo(
                        new RegionSettings(
                                "mockupaws-backups-prod",
                                "mockupaws-backups-prod",
                                Optional.of("us-east-1"),
                                Optional.empty(),
                                false,
                                Optional.empty()));
        assertThat(settings.secondary().orElseThrow().bucket()).isEqualTo("mockupaws-backups-dr");
        assertThat(settings.secondary().orElseThrow().region()).contains("eu-west-1");
        assertThat(settings.retentionDays()).isEqualTo(30);
        assertThat(settings.profile()).isEmpty();
        assertThat(settings.classification()).isEqualTo(Classification.UNKNOWN);
    }

    @Test
    void hasTheDocumentedDefaults() throws Exception {
        Settings settings = machine().variable("BACKUP_BUCKET", "backups").settings();

        assertThat(settings.retentionDays()).isEqualTo(30);
        assertThat(settings.pitrDays()).isEqualTo(7);
        assertThat(settings.quotaBytes()).isEmpty();
        assertThat(settings.prefix()).isEmpty();
        assertThat(settings.secondary()).isEmpty();
        assertThat(settings.replication()).isEqualTo(Replication.NONE);
        assertThat(settings.logDirectory()).isEqualTo(Path.of("storage/logs"));
        assertThat(settings.archivingLogDirectory()).isEqualTo(folder.resolve("home/storage/logs"));
        assertThat(settings.postgresPrograms()).isEmpty();
        assertThat(settings.queries()).isEmpty();
    }

    @Test
    void namesTheVariableAndAnExampleWhenSomethingIsMissing() throws Exception {
        Settings settings = machine().settings();

        assertThatThrownBy(settings::primary)
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("BACKUP_BUCKET is not set")
                .hasMessageContaining("export BACKUP_BUCKET=mockupaws-backups-prod")
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_MISSING);
    }

    @Test
    void saysThatNoKeyIsSetAsAKeyProblem() throws Exception {
        Settings settings = machine().settings();

        assertThatThrownBy(() -> settings.encryptionKey(source()))
                .hasMessageContaining("BACKUP_ENCRYPTION_KEY is not set")
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.KEY_MISSING);
    }

    /** What the profile says, what the environment says, what holds, and whether it contradicts. */
    @ParameterizedTest
    @CsvSource({
        "from-profile, ,                 from-profile,     false",
        " ,            from-environment, from-environment, false",
        "the-same,     the-same,         the-same,         false",
        "from-profile, from-environment, from-profile,     true",
    })
    void letsTheChosenProfileWinAndTheEnvironmentFill(
            String inProfile, String inEnvironment, String expected, boolean contradiction)
            throws Exception {
        SettingsFixture machine =
                machine()
                        .userProfiles(
                                "profiles: {orders: {primary: {bucket: "
                                        + (inProfile == null ? "" : inProfile)
                                        + "}}}");
        if (inEnvironment != null) {
            machine.variable("BACKUP_BUCKET", inEnvironment);
        }

        Settings settings = machine.settings("orders");

        assertThat(settings.primary().bucket()).isEqualTo(expected);
        assertThat(settings.contradictions()).hasSize(contradiction ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void listsAContradictionOfEverySetting(Setting setting) throws Exception {
        String other = other(setting);
        Settings settings =
                machine()
                        .userProfiles(profileWith(setting, setting.example()))
                        .variable(setting.name(), other)
                        .settings("orders");

        assertThat(settings.contradictions())
                .singleElement()
                .satisfies(
                        contradiction -> {
                            assertThat(contradiction.variable()).isEqualTo(setting.name());
                            assertThat(contradiction.where()).contains("profiles.yaml:");
                        });
        assertThatThrownBy(settings::requireNoContradiction)
                .hasMessageContaining("unset " + setting.name())
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTINGS_CONTRADICT);
    }

    private static String profileWith(Setting setting, String value) {
        String field = setting.field();
        int dot = field.indexOf('.');
        String section = dot < 0 ? "" : field.substring(0, dot) + ":\n      ";
        return "profiles:\n  orders:\n    "
                + section
                + field.substring(dot + 1)
                + ": '"
                + value
                + "'\n";
    }

    private static String other(Setting setting) {
        return switch (setting.kind()) {
            case BOOLEAN -> "false";
            case DAYS, BYTES -> "3";
            case SECRET_URL -> "postgresql://other@elsewhere:5433/others";
            default -> setting.example() + "x";
        };
    }

    /** Two ways to write the same are no contradiction. */
    @ParameterizedTest
    @CsvSource({
        "BACKUP_PREFIX, orders/, orders",
        "BACKUP_PREFIX, orders/, /orders/",
        "BACKUP_PATH_STYLE, true, TRUE",
        "BACKUP_PITR_DAYS, 7, 007",
        "BACKUP_ENDPOINT_URL, http://127.0.0.1:9000, http://127.0.0.1:9000/",
    })
    void seesTheSameValueThroughItsForms(Setting setting, String inProfile, String inEnvironment)
            throws Exception {
        Settings settings =
                machine()
                        .userProfiles(profileWith(setting, inProfile))
                        .variable(setting.name(), inEnvironment)
                        .settings("orders");

        assertThat(settings.contradictions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BACKUP_BUCKET, s3://bucket",
        "BACKUP_BUCKET, bucket/folder",
        "BACKUP_ENDPOINT_URL, 127.0.0.1:9000",
        "BACKUP_ENDPOINT_URL, ftp://host",
        "BACKUP_PATH_STYLE, yes",
    })
    void refusesWhatItCannotUseAndNamesIt(String variable, String value) throws Exception {
        Settings settings =
                machine().variable("BACKUP_BUCKET", "backups").variable(variable, value).settings();

        assertThatThrownBy(settings::primary)
                .hasMessageContaining(variable + " is '" + value + "'")
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_INVALID);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "thirty", "3.5", "99999"})
    void refusesDaysThatAreNone(String days) throws Exception {
        Settings settings = machine().variable("BACKUP_RETENTION_DAYS", days).settings();

        assertThatThrownBy(settings::retentionDays)
                .hasMessageContaining("BACKUP_RETENTION_DAYS")
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_INVALID);
    }

    @ParameterizedTest
    @CsvSource({"a/../b", "..", "with space", "./x"})
    void refusesAPrefixThatLeavesItsFolder(String prefix) throws Exception {
        Settings settings = machine().variable("BACKUP_PREFIX", prefix).settings();

        assertThatThrownBy(settings::prefix)
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_INVALID);
    }

    @Test
    void takesAnEmptyVariableAsNotSet() throws Exception {
        Settings settings =
                machine()
                        .userProfiles(profileWith(Setting.BACKUP_BUCKET, "from-profile"))
                        .variable("BACKUP_BUCKET", "")
                        .variable("LIFEBOAT_PROFILE", "")
                        .settings("orders");

        assertThat(settings.primary().bucket()).isEqualTo("from-profile");
        assertThat(settings.contradictions()).isEmpty();
    }

    @Test
    void choosesTheProfileByOptionBeforeTheVariable() throws Exception {
        SettingsFixture machine =
                machine()
                        .userProfiles(
                                """
                                profiles:
                                  one: {primary: {bucket: bucket-one}}
                                  two: {primary: {bucket: bucket-two}, environment: drill}
                                """)
                        .variable("LIFEBOAT_PROFILE", "one");

        assertThat(machine.settings().primary().bucket()).isEqualTo("bucket-one");
        assertThat(machine.settings("two").primary().bucket()).isEqualTo("bucket-two");
        assertThat(machine.settings("two").classification()).isEqualTo(Classification.DRILL);
    }

    @Test
    void prefersTheUsersProfileToTheMachinesOfTheSameName() throws Exception {
        SettingsFixture machine =
                machine()
                        .userProfiles("profiles: {orders: {primary: {bucket: users-own}}}")
                        .systemProfiles(
                                "profiles: {orders: {primary: {bucket: machines}}, other: {primary:"
                                        + " {bucket: others}}}");

        assertThat(machine.settings("orders").primary().bucket()).isEqualTo("users-own");
        assertThat(machine.settings("other").primary().bucket()).isEqualTo("others");
        assertThat(machine.resolver().profiles()).containsExactly("orders", "other");
    }

    @Test
    void namesTheProfilesThereAreWhenTheChosenOneIsNot() {
        SettingsFixture machine = machine().userProfiles("profiles: {orders: {}, drill: {}}");

        assertThatThrownBy(() -> machine.settings("oders"))
                .hasMessageContaining("There is no profile 'oders'")
                .hasMessageContaining("drill, orders")
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_INVALID);
    }

    @Test
    void putsTheBucketInThePathOfAnEndpointUnlessToldOtherwise() throws Exception {
        SettingsFixture machine =
                machine()
                        .variable("BACKUP_BUCKET", "backups")
                        .variable("BACKUP_ENDPOINT_URL", "http://127.0.0.1:9000");

        assertThat(machine.settings().primary().pathStyle()).isTrue();
        assertThat(machine.variable("BACKUP_PATH_STYLE", "false").settings().primary().pathStyle())
                .isFalse();
    }

    @Test
    void takesTheEndpointOfTheDrRegionFromThePrimaryUnlessItHasItsOwn() throws Exception {
        SettingsFixture machine =
                machine()
                        .variable("BACKUP_BUCKET", "backups")
                        .variable("BACKUP_SECONDARY_BUCKET", "backups-dr")
                        .variable("BACKUP_ENDPOINT_URL", "http://127.0.0.1:9000");

        assertThat(machine.settings().secondary().orElseThrow().endpoint())
                .contains(URI.create("http://127.0.0.1:9000"));
        assertThat(
                        machine.variable("BACKUP_SECONDARY_ENDPOINT_URL", "http://127.0.0.1:9001")
                                .settings()
                                .secondary()
                                .orElseThrow()
                                .endpoint())
                .contains(URI.create("http://127.0.0.1:9001"));
    }

    @Test
    void understandsAwsOwnVariablesBelowItsOwn() throws Exception {
        SettingsFixture machine =
                machine()
                        .variable("BACKUP_BUCKET", "backups")
                        .variable("AWS_DEFAULT_REGION", "eu-central-1")
                        .variable("AWS_ENDPOINT_URL", "http://any:1")
                        .variable("AWS_ENDPOINT_URL_S3", "http://s3:2");

        assertThat(machine.settings().primary().region()).contains("eu-central-1");
        assertThat(machine.settings().primary().endpoint()).contains(URI.create("http://s3:2"));

        machine.variable("BACKUP_REGION", "us-west-2")
                .variable("BACKUP_ENDPOINT_URL", "http://own:3");

        assertThat(machine.settings().primary().region()).contains("us-west-2");
        assertThat(machine.settings().primary().endpoint()).contains(URI.create("http://own:3"));
    }

    @Test
    void leavesAwsProfileToAwsOwnChainUnlessTheProfileNamesOne() throws Exception {
        SettingsFixture machine =
                machine().variable("BACKUP_BUCKET", "backups").variable("AWS_PROFILE", "work");

        assertThat(machine.settings().primary().awsProfile()).isEmpty();

        machine.userProfiles(profileWith(Setting.AWS_PROFILE, "work"));

        assertThat(machine.settings("orders").primary().awsProfile()).contains("work");
    }

    @Test
    void keepsWalInItsOwnBucketsWhenToldTo() throws Exception {
        Settings settings =
                machine()
                        .variable("BACKUP_BUCKET", "backups")
                        .variable("BACKUP_WAL_BUCKET", "mockupaws-wal-archive")
                        .variable("BACKUP_SECONDARY_BUCKET", "backups-dr")
                        .variable("BACKUP_SECONDARY_WAL_BUCKET", "wal-dr")
                        .settings();

        assertThat(settings.primary().walBucket()).isEqualTo("mockupaws-wal-archive");
        assertThat(settings.secondary().orElseThrow().walBucket()).isEqualTo("wal-dr");
    }

    @Test
    void printsNoSecretWhateverIsPrinted() throws Exception {
        Settings settings =
                machine()
                        .userProfiles(
                                "profiles:\n  orders:\n    encryption_key: "
                                        + KEY
                                        + "\n    database_url: postgresql://u:"
                                        + PASSWORD
                                        + "@h/d\n    decryption_keys: [old"
                                        + KEY
                                        + "]\n")
                        .variable("BACKUP_ENCRYPTION_KEY", "another " + KEY)
                        .variable("DATABASE_URL", "postgresql://v:" + PASSWORD + "@h/d")
                        .settings("orders");

        assertThat(settings.contradictions()).hasSize(2);
        assertThat(settings.toString() + settings.contradictions())
                .doesNotContain(KEY)
                .doesNotContain(PASSWORD);
        assertThatThrownBy(settings::requireNoContradiction)
                .message()
                .doesNotContain(KEY)
                .doesNotContain(PASSWORD);
    }

    @Test
    void findsTheKeysOfTheProfile() throws Exception {
        Settings settings =
                machine()
                        .userProfiles(
                                "profiles: {orders: {encryption_key: now, decryption_keys: [before,"
                                        + " 'long ago']}}")
                        .settings("orders");

        try (var key = settings.encryptionKey(source()).secret()) {
            assertThat(new String(key.copyUtf8(), StandardCharsets.UTF_8)).isEqualTo("now");
        }
        assertThat(settings.decryptionKeys(source()))
                .extracting(found -> new String(found.secret().copyUtf8(), StandardCharsets.UTF_8))
                .containsExactly("before", "long ago");
    }

    private static SecretSource source() {
        return new SecretSource(
                () -> {
                    throw new AssertionError("no setting names the service");
                });
    }
}
