package dev.lifeboat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class DatabaseSettingsTest {
    private static final OsUser SRE = new OsUser("sre", 1000, 1000);
    @TempDir private Path folder;

    private SettingsFixture machine() {
        return new SettingsFixture(folder);
    }

    private SettingsFixture profile(String url) {
        return machine().userProfiles("profiles: {orders: {database_url: '" + url + "'}}");
    }

    /** Profile, DATABASE_URL, PGHOST, PGPORT; what is meant; the variables that contradict it. */
    @ParameterizedTest
    @CsvSource({
        "postgresql://u@h:1/d, , , , d@h:1, ''",
        "postgresql:///d, , other, , d@other:5432, ''",
        "postgresql://u@h/d, , h, 5432, d@h:5432, ''",
        "postgresql://u@h/d, , , 5433, d@h:5433, ''",
        "postgresql://u@h:1/d, , other, 2, d@h:1, 'PGHOST PGPORT'",
        "postgresql://u@h:1/d, postgresql://u@h:1/d, , , d@h:1, ''",
        "postgresql://u@h:1/d, host=h port=1 dbname=d user=u, , , d@h:1, ''",
        "postgresql://u@h:1/d, postgresql://u@h:1/other, , , d@h:1, DATABASE_URL",
        "postgresql://u@h:1/d, postgresql://u@h:1/d?sslmode=disable, , , d@h:1, DATABASE_URL",
    })
    void followTheChosenProfile(
            String inProfile,
            String url,
            String host,
            String port,
            String meant,
            String contradicting)
            throws Exception {
        SettingsFixture machine = profile(inProfile);
        setUnlessNull(machine, "DATABASE_URL", url);
        setUnlessNull(machine, "PGHOST", host);
        setUnlessNull(machine, "PGPORT", port);

        Settings settings = machine.settings("orders");

        assertThat(settings.database(SRE).confirmText()).isEqualTo(meant);
        assertThat(settings.contradictions().stream().map(Contradiction::variable).toList())
                .containsExactly(
                        contradicting.isEmpty() ? new String[0] : contradicting.split(" "));
    }

    private static void setUnlessNull(SettingsFixture machine, String name, String value) {
        if (value != null) {
            machine.variable(name, value);
        }
    }

    @Test
    void takeTheRunbooksUrl() throws Exception {
        Settings settings =
                machine()
                        .variable("DATABASE_URL", "postgresql://user:pass@host:5432/dbname")
                        .settings();

        assertThat(settings.database(SRE).confirmText()).isEqualTo("dbname@host:5432");
    }

    @Test
    void takeLibpqsVariablesWhenNothingElseNamesADatabase() throws Exception {
        Settings settings =
                machine().variable("PGHOST", "h").variable("PGDATABASE", "d").settings();

        assertThat(settings.database(SRE).confirmText()).isEqualTo("d@h:5432");
    }

    @Test
    void fillOnlyThePasswordFromAUrlForTheVerySameDatabase() throws Exception {
        Settings same =
                profile("postgresql://u@h/d")
                        .variable("DATABASE_URL", "postgresql://u:word@h:5432/d")
                        .settings("orders");
        Settings other =
                profile("postgresql://u@h/d")
                        .variable("DATABASE_URL", "postgresql://u:word@h/other")
                        .settings("orders");

        assertThat(same.contradictions()).isEmpty();
        assertThat(same.database(SRE).password())
                .map(secret -> new String(secret.copyUtf8(), StandardCharsets.UTF_8))
                .contains("word");
        assertThat(other.database(SRE).password()).isEmpty();
    }

    @Test
    void nameTheVariableWhenThereIsNoDatabase() throws Exception {
        Settings settings =
                machine().variable("PGPASSWORD", "word").variable("PGHOST", "").settings();

        assertThatThrownBy(() -> settings.database(SRE))
                .hasMessageContaining("DATABASE_URL is not set")
                .extracting(error -> ((RecoveryException) error).code())
                .isEqualTo(ProblemCode.SETTING_MISSING);
    }
}
