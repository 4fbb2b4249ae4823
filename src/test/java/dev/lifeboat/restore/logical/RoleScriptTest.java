package dev.lifeboat.restore.logical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class RoleScriptTest {
    private static final RoleScript SCRIPT =
            RoleScript.read(
                    """
                    SET default_transaction_read_only = off;
                    CREATE ROLE app;
                    ALTER ROLE app WITH NOSUPERUSER INHERIT LOGIN PASSWORD 'SCRAM-SHA-256$x;y';
                    CREATE ROLE "odd ""one";
                    ALTER ROLE "odd ""one" WITH NOLOGIN;
                    ALTER ROLE app SET search_path TO 'a', 'b';
                    GRANT "odd ""one" TO app GRANTED BY postgres;
                    GRANT pg_monitor TO app WITH INHERIT TRUE GRANTED BY "odd ""one";
                    CREATE TABLESPACE big OWNER app LOCATION '/x';
                    DROP ROLE app;
                    """
                            .getBytes(StandardCharsets.UTF_8));

    @Test
    void namesTheRolesItMakes() {
        assertThat(SCRIPT.roles()).containsExactly("app", "odd \"one");
    }

    @Test
    void holdsOnlyWhatMakesARole() {
        assertThat(SCRIPT.statements("app"))
                .containsExactly(
                        "CREATE ROLE app",
                        "ALTER ROLE app WITH NOSUPERUSER INHERIT LOGIN PASSWORD"
                                + " 'SCRAM-SHA-256$x;y'",
                        "ALTER ROLE app SET search_path TO 'a', 'b'");
        assertThat(SCRIPT.statements("somebody else")).isEmpty();
    }

    @Test
    void putsARoleIntoOthersAsWhoeverConnects() {
        assertThat(SCRIPT.memberships("app"))
                .containsExactly(
                        "GRANT \"odd \"\"one\" TO app",
                        "GRANT pg_monitor TO app WITH INHERIT TRUE");
    }
}
