package dev.lifeboat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

class ProfileFileTest {
    private static final Path PATH = Path.of("profiles.yaml");

    @Test
    void findsEveryFaultOfAProfileWithItsLine() throws Exception {
        ProfileFile file =
                ProfileFile.parse(
                        PATH,
                        """
                        profiles:
                          orders:
                            environment: productive
                            buckt: x
                            primary:
                              bucket: s3://backups
                              bukket: y
                            retention_days: many
                            retention_days: 3
                            queries:
                              - name: no sql
                                expect: 1
                              - sql: SELECT 1
                                expect: '> many'
                            replication: [s3]
                        """);

        assertThatThrownBy(() -> file.profile("orders"))
                .hasMessageContaining("line 3: environment must be one of production, staging")
                .hasMessageContaining("line 4: there is no field 'buckt'")
                .hasMessageContaining("line 6: primary.bucket must be the bucket's bare name")
                .hasMessageContaining("line 7: there is no field 'bukket'")
                .hasMessageContaining("line 8: retention_days must be a whole number of days")
                .hasMessageContaining("line 9: 'retention_days' is given twice")
                .hasMessageContaining("line 11: a query needs 'sql' and 'expect'")
                .hasMessageContaining("line 14: expect must be a value")
                .hasMessageContaining("line 15: one value is expected here")
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_INVALID);
    }

    @Test
    void doesNotLetAFaultOfOneProfileStopAnother() throws Exception {
        ProfileFile file =
                ProfileFile.parse(
                        PATH, "profiles: {good: {prefix: a}, bad: {prefix: a, nonsense: 1}}");

        assertThat(file.profile("good").values()).containsKey(Setting.BACKUP_PREFIX);
        assertThatThrownBy(() -> file.profile("bad")).hasMessageContaining("nonsense");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "profiles: [",
                "profiles: a list of words",
                "profiels: {a: {}}",
                "\tprofiles:",
                "profiles: {a: {}} {",
            })
    void refusesWhatIsNoProfileFile(String text) {
        assertThatThrownBy(() -> ProfileFile.parse(PATH, text))
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_INVALID);
    }

    @Test
    void doesNotShowTheTextItCannotRead() {
        String text = "profiles:\n  a:\n    encryption_key: \"hunter2\n";

        assertThatThrownBy(() -> ProfileFile.parse(PATH, text))
                .hasMessageContaining("line")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void saysNothingAboutAFileThatIsNotThere() throws Exception {
        assertThat(ProfileFile.read(Path.of("/nonexistent/profiles.yaml"))).isEmpty();
    }

    /** The example of the documentation is read, and has every field there is. */
    @Test
    void readsTheDocumentedExample() throws Exception {
        String document = Files.readString(Path.of("docs/profiles.md"));
        var example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(document);
        assertThat(example.find()).isTrue();

        ProfileFile file = ProfileFile.parse(PATH, example.group(1));

        Profile orders = file.profile("orders-prod");
        assertThat(orders.values()).containsOnlyKeys(Setting.values());
        assertThat(orders.queries()).isNotEmpty();
        assertThat(orders.decryptionKeys()).isNotEmpty();
        for (String name : file.names()) {
            assertThat(file.profile(name).classification()).isNotEqualTo(Classification.UNKNOWN);
        }
    }

    @Test
    void documentsEveryVariable() throws Exception {
        String document = Files.readString(Path.of("docs/profiles.md"));

        for (Setting setting : Setting.values()) {
            assertThat(document)
                    .contains("`" + setting.name() + "`")
                    .contains("`" + setting.field());
        }
    }
}
