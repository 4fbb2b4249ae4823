package dev.lifeboat.postgres;

import static dev.lifeboat.postgres.Problems.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.secrets.Secret;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class DumpIT {
    private static final CancelToken GO = CancelToken.never();
    private static TestCluster cluster;
    private static byte[] dump;
    private static PgRestore restore;
    @TempDir Path dir;

    @BeforeAll
    static void start() throws Exception {
        cluster = TestCluster.started();
        cluster.execute(
                "create role app login password 'hidden' in role pg_read_all_data",
                "create database \"odd name='x'\"",
                "create table t as select n, md5(n::text) as m from generate_series(1, 20000) n",
                "alter table t add primary key (n)");
        restore = new PgRestore(cluster.host, cluster.programs);
        dump = dump(cluster.spec());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private static byte[] dump(ConnectionSpec spec) throws Exception {
        var out = new ByteArrayOutputStream();
        var progress = Progress.unwatched();
        new PgDump(cluster.host, cluster.programs).custom(spec, 9, List.of(), out, progress, GO);
        assertThat(progress.done()).isEqualTo(out.size());
        return out.toByteArray();
    }

    @Test
    void listsWhatADumpHolds() throws Exception {
        Path file = Files.write(dir.resolve("a.dump"), dump);

        DumpListing listing = restore.list(file, GO);

        assertThat(listing.database()).contains("postgres");
        assertThat(listing.tablesWithData()).isEqualTo(1);
        assertThat(listing.serverVersion().orElseThrow())
                .startsWith(cluster.programs.version().toString());
        assertThat(listing.entries()).anyMatch(entry -> entry.contains("TABLE public t"));
        assertThat(listing.contents()).contains("TABLE DATA public t postgres");
        assertThat(restore.list(new ByteArrayInputStream(dump), GO)).isEqualTo(listing);
    }

    @Test
    void listsADumpWithoutReadingItsData() throws Exception {
        cluster.execute("create database many");
        try (var session = Database.connect(cluster.spec("many"), GO)) {
            session.execute(
                    "do $$ begin for i in 1..1500 loop execute format("
                            + "'create table a_name_long_enough_to_fill_a_pipe_%s (n int)', i);"
                            + " end loop; end $$");
        }
        byte[] many = dump(cluster.spec("many"));
        var endless =
                new SequenceInputStream(
                        new ByteArrayInputStream(many),
                        new InputStream() {
                            @Override
                            public int read() {
                                return 0;
                            }

                            @Override
                            public int read(byte[] buffer, int offset, int length) {
                                return length;
                            }
                        });

        DumpListing listing = restore.list(endless, GO);

        assertThat(listing.tablesWithData()).isEqualTo(1500);
        assertThat(String.join("\n", listing.entries()).length()).isGreaterThan(2 * 64 * 1024);
    }

    @Test
    void restoresAFileInParallelAndAStreamAlike() throws Exception {
        cluster.execute("create database files", "create database streams");
        Path file = Files.write(dir.resolve("a.dump"), dump);

        restore.restore(file, cluster.spec("files"), 2, List.of(), GO).orThrow();
        restore.restore(
                        new ByteArrayInputStream(dump),
                        cluster.spec("streams"),
                        List.of(),
                        Progress.unwatched(),
                        GO)
                .orThrow();

        String sum = "select sum(hashtext(m))::text as v from t";
        for (String database : List.of("files", "streams")) {
            try (var session = Database.connect(cluster.spec(database), GO)) {
                assertThat(session.query(row -> row.text("v"), sum))
                        .containsExactly(cluster.value("select sum(hashtext(m)) from t"));
            }
        }
    }

    @Test
    void capturesTheFirstErrorOfARestore() throws Exception {
        Path file = Files.write(dir.resolve("a.dump"), dump);

        var outcome = restore.restore(file, cluster.spec(), 1, List.of(), GO);

        assertThat(outcome.isClean()).isFalse();
        assertProblem(ProblemCode.PROGRAM_FAILED, outcome::orThrow)
                .extracting(problem -> problem.why())
                .asString()
                .contains("relation \"t\" already exists");
    }

    @Test
    void readsADumpToItsLastByteAndFindsThatItEndsTooSoon() throws Exception {
        restore.readThrough(new ByteArrayInputStream(dump), Progress.unwatched(), GO);

        byte[] cut = Arrays.copyOf(dump, dump.length / 2);
        assertProblem(
                ProblemCode.PROGRAM_FAILED,
                () -> restore.readThrough(new ByteArrayInputStream(cut), Progress.unwatched(), GO));
        assertProblem(
                ProblemCode.PROGRAM_FAILED,
                () ->
                        restore.readThrough(
                                new ByteArrayInputStream(new byte[100_000]),
                                Progress.unwatched(),
                                GO));
    }

    @Test
    void saysThatTheDumpIsOfANewerProgram() throws Exception {
        byte[] newer = dump.clone();
        // "PGDMP", then the major, minor and revision of the archive's version.
        newer[6] = 99;
        Path file = Files.write(dir.resolve("newer.dump"), newer);

        assertProblem(ProblemCode.VERSION_MISMATCH, () -> restore.list(file, GO));
        assertProblem(
                ProblemCode.VERSION_MISMATCH,
                () -> restore.list(new ByteArrayInputStream(newer), GO));
    }

    @Test
    void takesADatabaseNameForANameWhateverItLooksLike() throws Exception {
        var odd = cluster.spec("odd name='x'");

        restore.restore(new ByteArrayInputStream(dump), odd, List.of(), Progress.unwatched(), GO)
                .orThrow();

        assertThat(dump(odd)).isNotEmpty();
    }

    @Test
    void writesGlobalsWithVerifiersOnlyWhenAsked() throws Exception {
        assertThat(globals(true)).contains("CREATE ROLE app", "SCRAM-SHA-256");
        assertThat(globals(false)).contains("CREATE ROLE app").doesNotContain("SCRAM-SHA-256");
    }

    private static String globals(boolean passwords) throws Exception {
        var out = new ByteArrayOutputStream();
        new PgDump(cluster.host, cluster.programs).globals(cluster.spec(), passwords, out, GO);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void leavesAFailureOfTheSinkToTheCaller() {
        var full =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("sink is full");
                    }
                };

        assertThatThrownBy(
                        () ->
                                new PgDump(cluster.host, cluster.programs)
                                        .custom(
                                                cluster.spec(),
                                                0,
                                                List.of(),
                                                full,
                                                Progress.unwatched(),
                                                GO))
                .isInstanceOf(IOException.class)
                .hasMessage("sink is full");
    }

    @Test
    void theStopEndsTheProgram() {
        var cancel = new CancelToken();
        var stopping =
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        cancel.cancel();
                    }
                };

        assertThatThrownBy(
                        () ->
                                new PgDump(cluster.host, cluster.programs)
                                        .custom(
                                                cluster.spec(),
                                                0,
                                                List.of(),
                                                stopping,
                                                Progress.unwatched(),
                                                cancel))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void hasThePasswordInNoArgumentAndLeavesNoFileBehind() throws Exception {
        var spec = tcp("hidden");
        assertThat(dumpWhileWatching(spec))
                .anyMatch(line -> line.contains("pg_dump"))
                .noneMatch(line -> line.contains("hidden"));
        assertThat(passFiles()).isEmpty();

        assertProblem(
                ProblemCode.CREDENTIALS_REFUSED,
                () ->
                        new PgDump(cluster.host, cluster.programs)
                                .custom(
                                        tcp("wrong"),
                                        1,
                                        List.of(),
                                        OutputStream.nullOutputStream(),
                                        Progress.unwatched(),
                                        GO));
        assertThat(passFiles()).isEmpty();
    }

    /** Arguments and environment of every pg_dump there is while the first bytes arrive. */
    private static List<String> dumpWhileWatching(ConnectionSpec spec) throws Exception {
        var seen = new java.util.ArrayList<String>();
        var watching =
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        if (seen.isEmpty()) {
                            seen.addAll(publicFacts());
                        }
                    }

                    @Override
                    public void write(byte[] buffer, int offset, int length) throws IOException {
                        write(0);
                    }
                };
        new PgDump(cluster.host, cluster.programs)
                .custom(spec, 0, List.of(), watching, Progress.unwatched(), GO);
        return seen;
    }

    private static List<String> publicFacts() {
        var facts = new java.util.ArrayList<String>();
        for (var child : ProcessHandle.current().children().toList()) {
            for (String file : List.of("cmdline", "environ")) {
                try {
                    facts.add(Files.readString(Path.of("/proc/" + child.pid() + "/" + file)));
                } catch (IOException ended) {
                    facts.add("");
                }
            }
        }
        return facts;
    }

    private static List<Path> passFiles() throws IOException {
        String ours = "lifeboat-pass-" + ProcessHandle.current().pid();
        try (var files = Files.list(Path.of("/dev/shm"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(ours)).toList();
        }
    }

    @Test
    void runsAScriptToItsFirstError() throws Exception {
        var psql = new Psql(cluster.host, cluster.programs);

        psql.run(
                cluster.spec(),
                script("create table s(i int);\ninsert into s values (1);\n"),
                List.of(),
                Progress.unwatched(),
                GO);

        assertThat(cluster.value("select count(*) from s")).isEqualTo("1");
        assertProblem(
                        ProblemCode.PROGRAM_FAILED,
                        () ->
                                psql.run(
                                        cluster.spec(),
                                        script("select 1/0;\ninsert into s values (2);\n"),
                                        List.of(),
                                        Progress.unwatched(),
                                        GO))
                .extracting(problem -> problem.why())
                .asString()
                .contains("division by zero");
        assertThat(cluster.value("select count(*) from s")).isEqualTo("1");
    }

    @Test
    void psqlTakesTheUriAsItIs() throws Exception {
        for (var spec : List.of(cluster.spec("odd name='x'"), cluster.spec())) {
            var done =
                    ProgramRun.capture(
                            cluster.host,
                            dev.lifeboat.host.ProcessSpec.of(
                                    cluster.programs.path(PgProgram.PSQL).toString(),
                                    "-XAtc",
                                    "select current_database()",
                                    spec.uri()),
                            GO);

            assertThat(done.orThrow().printed().strip()).isEqualTo(spec.database());
        }
    }

    @Test
    void findsNoCorruptionInAHealthyDatabase() throws Exception {
        var check = new PgAmCheck(cluster.host, cluster.programs);
        cluster.execute("create database healthy");

        assertThat(check.check(cluster.spec("healthy"), true, 1, GO)).isEmpty();
    }

    private static ByteArrayInputStream script(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ConnectionSpec tcp(String password) {
        return ConnectionSpec.of(
                "127.0.0.1",
                cluster.port,
                "postgres",
                "app",
                Optional.of(Secret.of(password)),
                Map.of());
    }
}
