package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ProgramProblemTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection to server at \"h\" (10.0.0.1), port 5432 failed: Connection refused"
                        + " | DATABASE_UNREACHABLE",
                "could not translate host name \"h\" to address: Name or service not known"
                        + " | DATABASE_UNREACHABLE",
                "connection to server on socket \"/s\" failed: FATAL:  the database system is"
                        + " starting up | DATABASE_UNREACHABLE",
                "connection to server at \"h\" failed: FATAL:  password authentication failed for"
                        + " user \"u\" | CREDENTIALS_REFUSED",
                "connection to server at \"h\" failed: FATAL:  no pg_hba.conf entry for host"
                        + " | CREDENTIALS_REFUSED",
                "connection to server at \"h\" failed: fe_sendauth: no password supplied"
                        + " | CREDENTIALS_REFUSED",
                "connection to server at \"h\" failed: FATAL:  role \"u\" does not exist"
                        + " | CREDENTIALS_REFUSED",
                "connection to server at \"h\" failed: FATAL:  database \"d\" does not exist"
                        + " | DATABASE_MISSING",
                "query failed: ERROR:  permission denied for table t | ROLE_WITHOUT_RIGHTS",
                "aborting because of server version mismatch | VERSION_MISMATCH",
                "unsupported version (1.99) in file header | VERSION_MISMATCH",
                "could not write to file: No space left on device | NO_SPACE",
                "something nobody has seen before | PROGRAM_FAILED"
            })
    void knowsWhatAMessageMeans(String message, ProblemCode code) {
        var failure =
                ProgramProblem.of(
                        new ProgramEnd("pg_dump", 1, List.of("pg_dump: error: " + message)));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.problem().why()).isEqualTo("It said: " + message + ".");
        assertThat(failure.problem().what()).contains("pg_dump", "status 1");
    }

    @Test
    void quotesTheFirstLineThatTellsOfAnError() {
        var lines =
                List.of(
                        "",
                        "NOTICE:  WAL archiving is not enabled",
                        "pg_restore: warning: errors ignored",
                        "pg_restore: error: could not execute query: ERROR:  relation exists",
                        "Command was: CREATE TABLE t");

        assertThat(ProgramProblem.firstMeaningful(lines))
                .isEqualTo("could not execute query: ERROR:  relation exists");
        assertThat(ProgramProblem.firstMeaningful(List.of("", "Killed"))).isEqualTo("Killed");
        assertThat(ProgramProblem.firstMeaningful(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Command was: CREATE ROLE a PASSWORD 'hunter2' | Command was: CREATE ROLE a PASSWORD"
                        + " '***'",
                "alter role a password 'it''s hunter2'; | alter role a password '***';",
                "LINE 1: ALTER ROLE a PASSWORD 'hunter2 | LINE 1: ALTER ROLE a PASSWORD '***'",
                "could not connect to postgresql://u:hunter2@h/d | could not connect to"
                        + " postgresql://u:***@h/d",
                "verifier SCRAM-SHA-256$4096:abc$def:ghi= here | verifier *** here"
            })
    void keepsPasswordsOutOfMessages(String line, String kept) {
        assertThat(ErrorLines.withoutSecrets(line)).isEqualTo(kept);
    }

    @Test
    void whatAProgramWritesIsKeptWithoutPasswords() {
        byte[] line = "ALTER ROLE a PASSWORD 'hunter2'".getBytes(StandardCharsets.UTF_8);

        assertThat(new ErrorLines(new ByteArrayInputStream(line)).await())
                .containsExactly("ALTER ROLE a PASSWORD '***'");
    }

    @Test
    void keepsTheFirstAndTheLastOfVeryMuch() {
        var text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append("line ").append(i).append('\n');
        }

        var lines =
                new ErrorLines(
                                new ByteArrayInputStream(
                                        text.toString().getBytes(StandardCharsets.UTF_8)))
                        .await();

        assertThat(lines).hasSize(200).startsWith("line 0").endsWith("line 99999");
    }
}
