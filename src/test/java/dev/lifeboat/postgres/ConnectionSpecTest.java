package dev.lifeboat.postgres;

import static dev.lifeboat.postgres.Problems.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

class ConnectionSpecTest {
    private static final OsUser USER = new OsUser("ann", 1000, 1000);
    @TempDir Path dir;

    @Test
    void readsTheUriOfTheRunbook() throws Exception {
        var spec = parse("postgresql://user:pass@host:5432/dbname");

        assertThat(spec.host()).isEqualTo("host");
        assertThat(spec.port()).isEqualTo(5432);
        assertThat(spec.database()).isEqualTo("dbname");
        assertThat(spec.user()).isEqualTo("user");
        assertThat(password(spec)).isEqualTo("pass");
        assertThat(spec.confirmText()).isEqualTo("dbname@host:5432");
    }

    @Test
    void decodesWhatIsPercentEncoded() throws Exception {
        var spec = parse("postgres://us%40er:p%3Aa%2Fs%25%20s@h/my%20db");

        assertThat(spec.user()).isEqualTo("us@er");
        assertThat(password(spec)).isEqualTo("p:a/s% s");
        assertThat(spec.database()).isEqualTo("my db");
    }

    @Test
    void readsAddressesOfVersionSix() throws Exception {
        var spec = parse("postgresql://u@[2001:db8::1]:6000/d");

        assertThat(spec.host()).isEqualTo("2001:db8::1");
        assertThat(spec.port()).isEqualTo(6000);
        assertThat(spec.confirmText()).isEqualTo("d@[2001:db8::1]:6000");
        assertThat(parse("postgresql://[::1]/d").host()).isEqualTo("::1");
    }

    @Test
    void takesSocketDirectoriesAndParameters() throws Exception {
        for (String text :
                new String[] {
                    "postgresql:///d?host=/run/pg&port=5433&sslmode=disable&user=u",
                    "postgresql://u@%2Frun%2Fpg:5433/d?sslmode=disable",
                    "host=/run/pg port=5433 dbname=d user=u sslmode=disable",
                    "  host = '/run/pg'  port=5433 dbname='d' user=u sslmode='disable' "
                }) {
            var spec = parse(text);

            assertThat(spec.host()).isEqualTo("/run/pg");
            assertThat(spec.port()).isEqualTo(5433);
            assertThat(spec.database()).isEqualTo("d");
            assertThat(spec.user()).isEqualTo("u");
            assertThat(spec.isSocket()).isTrue();
            assertThat(spec.options()).containsExactly(Map.entry("sslmode", "disable"));
            assertThat(spec.confirmText()).isEqualTo("d@/run/pg:5433");
        }
    }

    @Test
    void readsQuotedValues() throws Exception {
        var spec = parse("host=h user='o\\'hara' password='a \\\\ b' dbname=x");

        assertThat(spec.user()).isEqualTo("o'hara");
        assertThat(password(spec)).isEqualTo("a \\ b");
    }

    @Test
    void userAndDatabaseDefaultAsInLibpq() throws Exception {
        var spec = parse("postgresql://h");

        assertThat(spec.user()).isEqualTo("ann");
        assertThat(spec.database()).isEqualTo("ann");
        assertThat(spec.port()).isEqualTo(5432);
        assertThat(parse("postgresql://bob@h").database()).isEqualTo("bob");
    }

    @Test
    void theEnvironmentFillsOnlyWhatTheTextLeavesOpen() throws Exception {
        var variables =
                Map.of(
                        "PGHOST",
                        "e",
                        "PGPORT",
                        "1234",
                        "PGUSER",
                        "eu",
                        "PGPASSWORD",
                        "ep",
                        "PGSSLMODE",
                        "require");

        var spec = ConnectionSpec.parse("postgresql://h/d", variables, USER);

        assertThat(spec.host()).isEqualTo("h");
        assertThat(spec.port()).isEqualTo(1234);
        assertThat(spec.user()).isEqualTo("eu");
        assertThat(password(spec)).isEqualTo("ep");
        assertThat(spec.options()).containsEntry("sslmode", "require");
        assertThat(ConnectionSpec.fromEnvironment(variables, USER).host()).isEqualTo("e");
    }

    @Test
    void aServiceStandsBetweenTextAndEnvironment() throws Exception {
        Path file = dir.resolve("services");
        Files.writeString(
                file, "[other]\nhost=no\n[prod]\n# a comment\nhost=sh\nport=7777\nuser=su\n");
        var variables =
                Map.of(
                        "PGSERVICEFILE",
                        file.toString(),
                        "PGSERVICE",
                        "prod",
                        "PGHOST",
                        "e",
                        "PGDATABASE",
                        "ed");

        var spec = ConnectionSpec.parse("user=tu", variables, USER);

        assertThat(spec.host()).isEqualTo("sh");
        assertThat(spec.port()).isEqualTo(7777);
        assertThat(spec.user()).isEqualTo("tu");
        assertThat(spec.database()).isEqualTo("ed");
        assertProblem(
                ProblemCode.SETTING_INVALID,
                () -> ConnectionSpec.parse("service=missing", variables, USER));
    }

    @Test
    void thePasswordFileCountsByItsFirstMatchingLine() throws Exception {
        Path file = dir.resolve("pass");
        Files.writeString(
                file, "# comment\nh:1:d:u:wrong\nh:5432:*:u:ri\\:ght\\\\\n*:*:*:*:later\n");
        var variables = Map.of("PGPASSFILE", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(password(ConnectionSpec.parse("postgresql://u@h/d", variables, USER)))
                .isEqualTo("ri:ght\\");
        assertThat(password(ConnectionSpec.parse("postgresql://o@h/d", variables, USER)))
                .isEqualTo("later");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(ConnectionSpec.parse("postgresql://u@h/d", variables, USER).password())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mockupaws",
                "mysql://u:hunter2@h/d",
                "postgresql+asyncpg://u:hunter2@h/d",
                "jdbc:postgresql://h/d?password=hunter2",
                "postgresql://u:hunter2@x@h/d",
                "postgresql://u:hunter2@h,i/d",
                "postgresql://u:hunter2@h:99999/d",
                "postgresql://u:hunter2@h:port/d",
                "postgresql://u:hunter2%zz@h/d",
                "postgresql://u:hunter2%0@h/d",
                "postgresql://u:hunter2%00@h/d",
                "postgresql://u:hunter2@[::1/d",
                "postgresql://u:hunter2@h/d?nonsense=1",
                "postgresql://u:hunter2@h/d?sslmode",
                "host=h password='hunter2",
                "host=h password hunter2",
                "host=h hunter2=x"
            })
    void refusesWhatItCannotReadWithoutQuotingIt(String text) {
        assertProblem(ProblemCode.SETTING_INVALID, () -> parse(text))
                .asString()
                .doesNotContain("hunter2@", ":hunter2", "'hunter2", "=hunter2", "hunter2%");
    }

    @Test
    void neverShowsThePassword() throws Exception {
        var spec = parse("postgresql://u:hunter2@h/d?sslmode=require");

        assertThat(spec.toString()).isEqualTo("postgresql://u@h:5432/d?sslmode=require");
        assertThat(spec.uri()).doesNotContain("hunter2");
        assertThat(spec.withDatabase("e").toString()).doesNotContain("hunter2").contains("/e");
        assertThat(Jdbc.url(spec)).doesNotContain("hunter2");
    }

    @Property
    void whatItWritesIsReadAsTheSame(
            @ForAll @NotEmpty @CharRange(from = ' ', to = 'ÿ') String user,
            @ForAll @NotEmpty @CharRange(from = ' ', to = 'ÿ') String database,
            @ForAll boolean socket)
            throws RecoveryException {
        var spec =
                ConnectionSpec.of(
                        socket ? "/run/a b" : "host",
                        6543,
                        database,
                        user,
                        Optional.empty(),
                        Map.of("application_name", database));

        assertThat(parse(spec.uri())).isEqualTo(spec);
    }

    @Test
    void theSocketBecomesTheDriversFactory() {
        var spec = ConnectionSpec.local(Path.of("/run/pg"), 5433, "d b", "u");

        var properties = Jdbc.properties(spec);

        assertThat(properties)
                .containsEntry("socketFactory", UnixSocketFactory.class.getName())
                .containsEntry("socketFactoryArg", "/run/pg/.s.PGSQL.5433")
                .containsEntry("sslmode", "disable");
        assertThat(Jdbc.url(spec)).isEqualTo("jdbc:postgresql://localhost:5433/d+b");
    }

    private static ConnectionSpec parse(String text) throws RecoveryException {
        return ConnectionSpec.parse(text, Map.of(), USER);
    }

    private static String password(ConnectionSpec spec) {
        return new String(spec.password().map(Secret::copyUtf8).orElseThrow(), UTF_8);
    }
}
