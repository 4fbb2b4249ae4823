package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Dumps a database, and the globals of its cluster, as streams.
 *
 * <p>Problems of both: {@code VERSION_MISMATCH} when the program is older than the server, {@code
 * DATABASE_UNREACHABLE}, {@code DATABASE_MISSING}, {@code CREDENTIALS_REFUSED}, {@code
 * ROLE_WITHOUT_RIGHTS}, {@code PROGRAM_FAILED} with the program's own words. What was written by
 * then is no dump.
 *
 * <p>Source: PostgreSQL documentation, pg_dump, pg_dumpall.
 */
public final class PgDump {
    /** Commands of psql that newer releases write around a dump. */
    private static final Pattern OF_PSQL = Pattern.compile("\\\\(un)?restrict .*");

    private final PgClient client;

    public PgDump(Host host, PgInstallation programs) {
        this.client = new PgClient(host, programs);
    }

    /**
     * Writes the database in the custom format.
     *
     * @param compressionLevel 0 (none) to 9
     * @param further options of {@code pg_dump}
     * @param out stays open
     * @param progress counts the bytes of the dump
     * @return what the program warned of
     * @throws IOException of {@code out} alone
     */
    public List<String> custom(
            ConnectionSpec spec,
            int compressionLevel,
            List<String> further,
            OutputStream out,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException, IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--format=custom",
                                "--compress=" + compressionLevel,
                                "--no-password"));
        arguments.addAll(further);
        return dump(PgProgram.PG_DUMP, arguments, spec, out, progress, cancel);
    }

    /**
     * Writes roles, their memberships and settings, and tablespaces as SQL.
     *
     * @param passwords whether the roles' password verifiers are included; that takes a superuser
     * @param out stays open
     * @return what the program warned of
     * @throws IOException of {@code out} alone
     */
    public List<String> globals(
            ConnectionSpec spec, boolean passwords, OutputStream out, CancelToken cancel)
            throws RecoveryException, IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--globals-only",
                                "--no-password",
                                "--database=" + PgClient.conninfo(spec.database())));
        if (!passwords) {
            arguments.add("--no-role-passwords");
        }
        return dump(PgProgram.PG_DUMPALL, arguments, spec, out, Progress.unwatched(), cancel);
    }

    /**
     * The definition of one table as SQL, with its owner, grants and the sequences it owns.
     *
     * @param section {@code pre-data}: the table itself; {@code post-data}: its indexes,
     *     constraints and triggers
     */
    public String definition(
            ConnectionSpec spec, TableShape table, String section, CancelToken cancel)
            throws RecoveryException {
        var out = new ByteArrayOutputStream();
        try {
            dump(
                    PgProgram.PG_DUMP,
                    List.of(
                            "--schema-only",
                            "--section=" + section,
                            "--encoding=UTF8",
                            "--no-password",
                            "--table=" + table.sql()),
                    spec,
                    out,
                    Progress.unwatched(),
                    cancel);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes every byte", impossible);
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !OF_PSQL.matcher(line).matches())
                .collect(Collectors.joining("\n"));
    }

    private List<String> dump(
            PgProgram program,
            List<String> arguments,
            ConnectionSpec spec,
            OutputStream out,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException, IOException {
        return client.connected(
                program,
                arguments,
                spec,
                UnaryOperator.identity(),
                cancel,
                run -> {
                    run.copyTo(out, progress);
                    return run.end().orThrow().errors();
                });
    }
}
