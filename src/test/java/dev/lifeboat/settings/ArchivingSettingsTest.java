package dev.lifeboat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What {@code wal push} and {@code wal fetch} find when a server starts them. */
class ArchivingSettingsTest {
    @TempDir private Path folder;

    private SettingsFixture machine() {
        return new SettingsFixture(folder);
    }

    @Test
    void findTheMachinesFileWhenTheEnvironmentIsBare() throws Exception {
        Settings settings =
                machine()
                        .systemEnvironment(
                                """
                                # what the server's user needs
                                export BACKUP_BUCKET="from-file"
                                BACKUP_PREFIX='orders'
                                BACKUP_REGION=

                                """)
                        .archivingSettings();

        assertThat(settings.primary().bucket()).isEqualTo("from-file");
        assertThat(settings.prefix()).isEqualTo("orders/");
        assertThat(settings.primary().region()).isEmpty();
    }

    @Test
    void preferTheEnvironmentToTheMachinesFiles() throws Exception {
        Settings settings =
                machine()
                        .systemEnvironment("BACKUP_BUCKET=from-file\nBACKUP_PREFIX=file\n")
                        .systemProfiles("profiles: {only: {prefix: profile, pitr_days: 9}}")
                        .variable("BACKUP_BUCKET", "inherited")
                        .archivingSettings();

        assertThat(settings.primary().bucket()).isEqualTo("inherited");
        assertThat(settings.prefix()).isEqualTo("file/");
        assertThat(settings.pitrDays()).isEqualTo(9);
        assertThat(settings.contradictions()).isEmpty();
    }

    @Test
    void takeNoProfileByGuessWhenThereAreSeveral() throws Exception {
        Settings settings =
                machine()
                        .systemProfiles(
                                "profiles: {one: {primary: {bucket: one}}, two: {primary: {bucket:"
                                        + " two}}}")
                        .archivingSettings();

        assertThatThrownBy(settings::primary)
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_MISSING);
    }

    @Test
    void followTheProfileThatTheFileChooses() throws Exception {
        Settings settings =
                machine()
                        .systemEnvironment("LIFEBOAT_PROFILE=two\n")
                        .systemProfiles(
                                "profiles: {one: {primary: {bucket: one}}, two: {primary: {bucket:"
                                        + " two}}}")
                        .variable("BACKUP_BUCKET", "stranger")
                        .archivingSettings();

        assertThat(settings.primary().bucket()).isEqualTo("two");
        assertThat(settings.contradictions())
                .extracting(Contradiction::variable)
                .containsExactly("BACKUP_BUCKET");
    }

    @Test
    void areNotReadByOtherCommands() throws Exception {
        Settings settings = machine().systemEnvironment("BACKUP_BUCKET=from-file\n").settings();

        assertThatThrownBy(settings::primary)
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_MISSING);
    }

    @Test
    void refuseALineTheyCannotReadWithoutShowingIt() {
        SettingsFixture machine = machine().systemEnvironment("A=b\nsecret words\n");

        assertThatThrownBy(machine::archivingSettings)
                .hasMessageContaining("Line 2")
                .message()
                .doesNotContain("secret words");
    }
}
