package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;

/** Logical restores as somebody types them, into a real server out of a real S3 server. */
class LogicalRestoreIT {
    private static LogicalFixture in;
    private static String backup;

    @BeforeAll
    static void backUpAShop() throws Exception {
        in = new LogicalFixture();
        in.makeShop("shop");
        backup = in.backup("shop");
    }

    @AfterAll
    static void endEverything() throws Exception {
        in.close();
    }

    @Test
    void makesADatabaseThatIsMissing() throws Exception {
        CliRun run = in.lifeboat("missing");

        Outcome outcome = run.run("restore", "latest", "--json");

        assertThat(outcome.code()).as(run.stderr() + run.stdout()).isZero();
        assertThat(in.content("missing")).isEqualTo(in.content("shop"));
        JsonNode end = LogicalFixture.last(run.stdout());
        assertThat(end.path("event").asText()).isEqualTo("finished");
        assertThat(end.path("state").asText()).isEqualTo("restored");
        assertThat(end.path("connection").asText()).isEqualTo(in.spec("missing").uri());
        assertThat(in.databases("missing%")).containsExactly("missing");
        assertThat(
                        Files.exists(
                                in.home()
                                        .resolve("restores/" + end.path("id").asText() + "/spool")))
                .isFalse();
    }

    @Test
    void keepsTheDatabaseThatWasThereUnderAnotherName() throws Exception {
        in.makeShop("live");
        in.in("live", "create table since (id int)", "insert into since values (7)");
        in.cluster.execute(
                "alter database live set search_path to audit, \"$user\", public",
                "alter database live set work_mem to '7MB'",
                "alter role shopkeeper in database live set statement_timeout to '11s'",
                "revoke all on database live from public",
                "grant connect on database live to auditors",
                "comment on database live is 'it''s ours'",
                "alter database live connection limit 77");
        CliRun refused = in.lifeboat("live");
        int status = refused.run("restore", backup, "--json").code();
        assertThat(status).as(refused.stderr()).isEqualTo(5);
        assertThat(refused.stderr()).contains("--confirm '" + in.confirm("live") + "'");
        assertThat(in.databases("live%")).containsExactly("live");

        CliRun run = in.lifeboat("live");
        Outcome outcome = run.run("restore", backup, "--json", "--confirm", in.confirm("live"));

        assertThat(outcome.code()).as(run.stderr() + run.stdout()).isZero();
        String kept = in.databases("live_before%").getFirst();
        assertThat(in.databases("live%")).containsExactly("live", kept);
        assertThat(in.value(kept, "select id from since")).isEqualTo("7");
        assertThat(in.content("live")).isEqualTo(in.content("shop"));
        assertThat(in.value("live", "select to_regclass('since')")).isEmpty();
        assertThat(
                        in.value(
                                "postgres",
                                "select string_agg(concat_ws(' ', pg_get_userbyid(datdba), datconnlimit,"
                                        + " datacl, shobj_description(oid, 'pg_database'),"
                                        + " (select array_agg(concat(setrole::regrole, setconfig) order by setrole)"
                                        + " from pg_db_role_setting where setdatabase = d.oid)), '; ')"
                                        + " from (select * from pg_database order by datname) d"
                                        + " where datname = 'live'"))
                .isEqualTo(
                        in.value(
                                "postgres",
                                "select string_agg(concat_ws(' ', pg_get_userbyid(datdba), datconnlimit,"
                                        + " datacl, shobj_description(oid, 'pg_database'),"
                                        + " (select array_agg(concat(setrole::regrole, setconfig) order by setrole)"
                                        + " from pg_db_role_setting where setdatabase = d.oid)), '; ')"
                                        + " from pg_database d where datname = '"
                                        + kept
                                        + "'"));
    }

    @Test
    void fillsAnEmptyDatabaseWhereNoOtherCanBeMade() throws Exception {
        in.cluster.execute(
                "create role clerk login",
                "create database clerks owner clerk",
                "create database of_clerk owner clerk",
                "create database of_clerk_too owner clerk");
        in.shell(
                "pg_dump --no-owner --no-acl shop | PGUSER=clerk psql -q -v ON_ERROR_STOP=1 clerks;"
                        + " pg_dump -Fc -f plain.dump clerks");
        in.shell("pg_dump --no-owner --no-acl shop > half.sql; echo 'select 1/0;' >> half.sql");

        CliRun whole = in.lifeboatAt(in.url("of_clerk", "clerk"));
        CliRun half = in.lifeboatAt(in.url("of_clerk_too", "clerk"));

        assertThat(whole.run("restore", in.folder.resolve("plain.dump").toString()).code())
                .as(whole.stderr())
                .isZero();
        assertThat(half.run("restore", in.folder.resolve("half.sql").toString()).code())
                .isEqualTo(1);
        assertThat(in.content("of_clerk")).isEqualTo(in.content("shop"));
        assertThat(in.value("of_clerk_too", "select to_regclass('orders')")).isEmpty();
        assertThat(in.databases("of_clerk%")).containsExactly("of_clerk", "of_clerk_too");
    }

    @Test
    void carriesOutASavedPlanOnlyWhileTheDatabaseIsTheSame() throws Exception {
        in.cluster.execute("create database planned");
        String file = in.folder.resolve("plan.json").toString();
        assertThat(in.lifeboat("planned").run("restore", backup, "--plan-out", file).code())
                .isZero();
        in.in("planned", "create table since (id int)");

        CliRun filled = in.lifeboat("planned");
        int status = filled.run("restore", "latest", "--from-plan", file, "--json").code();
        assertThat(status).as(filled.stderr()).isEqualTo(5);
        assertThat(filled.stdout()).contains("TARGET_NOT_EMPTY");
        in.cluster.execute("drop database planned", "create database planned");
        CliRun replaced = in.lifeboat("planned");
        assertThat(replaced.run("restore", "latest", "--from-plan", file, "--json").code())
                .isEqualTo(5);

        assertThat(in.databases("planned%")).containsExactly("planned");
    }

    @Test
    void restoresWhatOnlyPgDumpGzipAndOpensslMade() throws Exception {
        in.shell(
                "pg_dump -Fc shop | gzip | openssl enc -aes-256-cbc -pbkdf2 -salt"
                        + " -pass env:BACKUP_ENCRYPTION_KEY -out custom.enc");
        in.shell(
                "pg_dump shop | gzip | openssl enc -aes-256-cbc -pbkdf2 -salt"
                        + " -pass env:BACKUP_ENCRYPTION_KEY -out plain.enc");
        in.put("primary", "backups/full/2026-01-02/backup.enc", in.folder.resolve("custom.enc"));
        in.put(
                "primary",
                "backups/full/2026-01-03/shop_full_20260103_020000.sql.gz.enc",
                in.folder.resolve("plain.enc"));

        CliRun custom = in.lifeboat("custom");
        CliRun plain = in.lifeboat("plain");
        CliRun file = in.lifeboat("of_file");

        assertThat(custom.run("restore", "s3://primary/backups/full/2026-01-02/backup.enc").code())
                .as(custom.stderr())
                .isZero();
        assertThat(plain.run("restore", "shop_full_20260103_020000").code())
                .as(plain.stderr())
                .isZero();
        assertThat(file.run("restore", in.folder.resolve("custom.enc").toString()).code())
                .as(file.stderr())
                .isZero();
        for (String database : new String[] {"custom", "plain", "of_file"}) {
            assertThat(in.content(database)).as(database).isEqualTo(in.content("shop"));
        }
        assertThat(in.databases("%\\_restore\\_%")).isEmpty();
    }
}
