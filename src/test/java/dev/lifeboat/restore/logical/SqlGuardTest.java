package dev.lifeboat.restore.logical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.StreamException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

class SqlGuardTest {
    private static final String DUMP =
            """
            --
            -- PostgreSQL database dump
            --
            \\restrict abc
            CREATE TABLE t (id int, note text);
            CREATE USER MAPPING FOR me SERVER other;
            COPY public.t (id, note) FROM stdin;
            1\tDROP DATABASE live;
            2\t\\N
            \\connect is a row here
            \\.
            GRANT SELECT ON TABLE t TO auditors;
            \\unrestrict abc
            --
            -- PostgreSQL database dump complete
            --
            """;

    @Test
    void letsADumpPassByteForByte() throws Exception {
        assertThat(through(DUMP)).isEqualTo(DUMP);
    }

    @Test
    void letsRowsLongerThanItsBufferPass() throws Exception {
        String script =
                "COPY t FROM stdin;\n" + "x".repeat(700_000) + "\n\\.\nSELECT 1;\n" + "y".repeat(9);

        assertThat(through(script)).isEqualTo(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\connect live",
                "\\c live",
                "\\! rm -rf /",
                "\\i other.sql",
                "DROP DATABASE live;",
                "drop  database IF EXISTS live;",
                "CREATE DATABASE live WITH TEMPLATE = template0;",
                "ALTER DATABASE live OWNER TO me;",
                "ALTER ROLE me WITH PASSWORD 'secret';",
                "CREATE ROLE me;",
                "DROP USER me;",
                "ALTER SYSTEM SET fsync = off;",
                "GRANT CONNECT ON DATABASE live TO me;",
                "COMMENT ON DATABASE live IS 'x';",
                "CREATE TABLESPACE t LOCATION '/x';"
            })
    void stopsBeforeALineThatReachesOutside(String line) {
        var passed = new ByteArrayOutputStream();

        assertThatThrownBy(
                        () ->
                                guard("CREATE TABLE t (id int);\n" + line + "\nSELECT 1;\n")
                                        .transferTo(passed))
                .isInstanceOfSatisfying(
                        StreamException.class,
                        e -> {
                            assertThat(e.recovery().code()).isEqualTo(ProblemCode.SCRIPT_REFUSED);
                            assertThat(e.recovery().problem().toString())
                                    .contains("Line 2")
                                    .doesNotContain("secret");
                        });
        assertThat(passed.toString(StandardCharsets.UTF_8)).doesNotContain(line);
    }

    @Test
    void tellsADumpWhoseProgramWasStopped() {
        String cut = DUMP.substring(0, DUMP.indexOf("GRANT"));

        assertThatThrownBy(() -> through(cut))
                .isInstanceOfSatisfying(
                        StreamException.class,
                        e ->
                                assertThat(e.recovery().code())
                                        .isEqualTo(ProblemCode.OBJECT_TRUNCATED));
    }

    @Test
    void takesAScriptThatPgDumpDidNotWrite() throws Exception {
        assertThat(through("CREATE TABLE t (id int);")).isEqualTo("CREATE TABLE t (id int);");
    }

    private static String through(String script) throws IOException {
        return new String(guard(script).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static SqlGuard guard(String script) {
        return new SqlGuard(
                "Backup b",
                new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return super.read(target, offset, Math.min(length, 7000));
                    }
                });
    }
}
