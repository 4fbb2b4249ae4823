package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.verify.VerifyMemory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What goes wrong with a logical restore is told each in its own way, and changes nothing. */
class LogicalProblemsIT {
    private static LogicalFixture in;
    private static String backup;
    private static Path dump;
    private static byte[] sound;
    private static List<String> before;

    @BeforeAll
    static void backUpAShop() throws Exception {
        in = new LogicalFixture();
        in.makeShop("shop");
        backup = in.backup("shop");
        in.makeShop("live");
        in.in("live", "create table since (id int)");
        in.cluster.execute(
                "create role plain login",
                "create database empty owner plain",
                "create database plains owner plain",
                "grant shopkeeper, auditors to plain");
        in.in("plains", "create table mine (id int)");
        dump = in.stored("primary", backup + ".dump.enc");
        sound = Files.readAllBytes(dump);
        before = in.databases("%");
    }

    @AfterAll
    static void endEverything() throws Exception {
        in.close();
    }

    @AfterEach
    void nothingIsChanged() throws Exception {
        assertThat(in.databases("%")).isEqualTo(before);
        assertThat(in.value("live", "select to_regclass('since')")).isEqualTo("since");
        try (var files = Files.walk(in.home())) {
            assertThat(files.filter(file -> file.getFileName().toString().equals("dump")))
                    .isEmpty();
        }
    }

    @Test
    void anIdThatNobodyKnows() throws Exception {
        refused("BACKUP_UNKNOWN", 4, in.lifeboat("new"), "restore", "shop_full_19990101_000000");
    }

    @Test
    void anObjectThatIsGone() throws Exception {
        Files.delete(dump);
        refused("BACKUP_INCOMPLETE", 4, in.lifeboat("new"), "restore", backup);
        replace(sound);
    }

    @Test
    void anObjectThatIsCutOff() throws Exception {
        replace(Arrays.copyOf(sound, sound.length - 100));
        refused("BACKUP_INCOMPLETE", 4, in.lifeboat("new"), "restore", backup);
        replace(sound);
    }

    @Test
    void oneBitThatFlipped() throws Exception {
        byte[] flipped = sound.clone();
        flipped[sound.length / 2] ^= 1;
        replace(flipped);
        Path proofs = in.home().resolve(VerifyMemory.PLACE);
        Files.createDirectories(proofs.getParent());
        Files.writeString(proofs, "an older proof\n");

        refused("OBJECT_DAMAGED", 3, in.lifeboat("new"), "restore", backup);

        assertThat(proofs).as("what verify remembered of bytes that turned out bad").doesNotExist();
        refused("OBJECT_DAMAGED", 3, in.lifeboat("new"), "restore", backup, "--jobs", "1");
        replace(sound);
    }

    @Test
    void aKeyThatIsNotTheBackups() throws Exception {
        refused(
                "KEY_WRONG",
                6,
                in.lifeboat("new").variable("BACKUP_ENCRYPTION_KEY", "another passphrase"),
                "restore",
                backup);
    }

    @Test
    void aDatabaseThatIsMissingAndCannotBeMade() throws Exception {
        refused("ROLE_WITHOUT_RIGHTS", 1, in.lifeboatAt(in.url("new", "plain")), "restore", backup);
    }

    @Test
    void aRoleThatMayNotRenameWhatIsThere() throws Exception {
        refused(
                "ROLE_WITHOUT_RIGHTS",
                1,
                in.lifeboatAt(in.url("plains", "plain")),
                "restore",
                backup);
    }

    @Test
    void aDatabaseThatIsNotEmptyWithoutItsNameTyped() throws Exception {
        CliRun run = in.lifeboat("live");
        assertThat(run.run("restore", backup, "--json", "--confirm", "live").code()).isEqualTo(5);
        assertThat(problem(run).path("code").asText()).isEqualTo("CONFIRMATION_NEEDED");
        assertThat(problem(run).path("remedy").asText())
                .contains("--confirm '" + in.confirm("live") + "'");
    }

    @Test
    void aDatabaseThatSomebodyUses() throws Exception {
        try (Database session = Database.connect(in.spec("live"), CancelToken.never())) {
            long pid = session.one(row -> row.number("pid"), "select pg_backend_pid() as pid");
            CliRun check = in.lifeboat("live");
            assertThat(check.run("check", backup, "--json").code()).isEqualTo(3);
            assertThat(check.stdout()).contains("database-not-in-use").contains("blocked");

            CliRun run = in.lifeboat("live");
            Outcome outcome = run.run("restore", backup, "--json", "--confirm", in.confirm("live"));

            assertThat(outcome.code()).isEqualTo(5);
            assertThat(problem(run).path("why").asText()).contains(pid + " (postgres, lifeboat)");
            assertThat(problem(run).path("remedy").asText())
                    .contains("pg_terminate_backend")
                    .contains("psql -d '" + in.spec("postgres").uri() + "'");
        }
    }

    @Test
    void aDumpThatIsNewerThanThePrograms() throws Exception {
        Path newer = in.folder.resolve("newer.dump");
        in.shell("pg_dump -Fc -f newer.dump shop");
        byte[] bytes = Files.readAllBytes(newer);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        String version = in.cluster.programs.version() + " (";
        int at = text.indexOf(version, text.indexOf(version) + 1);
        bytes[at] = '9';
        bytes[at + 1] = '9';
        Files.write(newer, bytes);

        CliRun run = in.lifeboat("new");

        assertThat(run.run("restore", newer.toString(), "--json").code()).isEqualTo(5);
        assertThat(problem(run).path("why").asText()).contains("pg_restore of PostgreSQL 99");
    }

    @Test
    void anSqlScriptThatWouldGoOnInTheLiveDatabase() throws Exception {
        in.shell("pg_dump --create --clean live > create.sql");

        refused(
                "SCRIPT_REFUSED",
                5,
                in.lifeboat("new"),
                "restore",
                in.folder.resolve("create.sql").toString());
    }

    @Test
    void anSqlScriptWhoseProgramWasStopped() throws Exception {
        in.shell("pg_dump shop | head -c 20000 > cut.sql");

        refused(
                "OBJECT_TRUNCATED",
                3,
                in.lifeboat("new"),
                "restore",
                in.folder.resolve("cut.sql").toString());
    }

    @Test
    void aFileThatHoldsNothing() throws Exception {
        Path empty = Files.write(in.folder.resolve("empty.sql"), new byte[0]);

        refused("RESTORE_FAILED", 1, in.lifeboat("new"), "restore", empty.toString());
    }

    @Test
    void aRoleTheServerDoesNotHave() throws Exception {
        in.cluster.execute("create role passing");
        in.in(
                "shop",
                "create table of_passing (id int)",
                "alter table of_passing owner to passing");
        in.shell("pg_dump -Fc -f passing.dump shop");
        in.in("shop", "drop table of_passing");
        in.cluster.execute("drop role passing");

        CliRun run = in.lifeboat("new");
        refused("ROLE_MISSING", 1, run, "restore", in.folder.resolve("passing.dump").toString());
        assertThat(run.stderr()).contains("CREATE ROLE \"passing\"");
    }

    /** The object under the dump's key, as another client would put it. */
    private static void replace(byte[] content) throws Exception {
        String key = in.folder.resolve("s3/primary").relativize(dump).toString();
        in.put("primary", key, Files.write(in.folder.resolve("replacement"), content));
    }

    private static void refused(String code, int status, CliRun run, String... arguments)
            throws Exception {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        Outcome outcome = run.run(all);
        assertThat(problem(run).path("code").asText())
                .as(run.stderr() + run.stdout())
                .isEqualTo(code);
        assertThat(outcome.code()).isEqualTo(status);
    }

    private static JsonNode problem(CliRun run) throws Exception {
        return LogicalFixture.last(run.stdout()).path("problem");
    }
}
