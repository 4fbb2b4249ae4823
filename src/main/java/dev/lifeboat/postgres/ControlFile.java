package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code global/pg_control} of a data directory says. Positions are {@link Lsn#ZERO} where the
 * file says 0/0.
 *
 * <p>Source: PostgreSQL documentation, pg_controldata; src/bin/pg_controldata/pg_controldata.c.
 *
 * @param systemIdentifier an unsigned 64-bit number, as text
 * @param state such as {@code in production}, {@code shut down}, {@code in archive recovery}
 * @param redo where replay begins after a crash
 * @param minRecoveryEnd before this position the cluster is not consistent
 * @param backupStart not zero while a base backup's end has not been replayed
 * @param pageChecksums whether pages carry checksums
 * @param limits max_connections and its like, as the cluster last ran with them
 */
public record ControlFile(
        int controlVersion,
        int catalogVersion,
        String systemIdentifier,
        String state,
        Lsn checkpoint,
        Lsn redo,
        String redoWalFile,
        int timeline,
        Lsn minRecoveryEnd,
        int minRecoveryEndTimeline,
        Lsn backupStart,
        Lsn backupEnd,
        boolean backupEndRequired,
        String walLevel,
        RecoveryLimits limits,
        int blockSize,
        int walBlockSize,
        int walSegmentBytes,
        boolean pageChecksums) {
    /** The file's place below the data directory. */
    public static final String PATH = "global/pg_control";

    /**
     * Reads the file with the program of the directory's own major version.
     *
     * @throws RecoveryException {@code SERVER_FAILED} when the file is missing or damaged, {@code
     *     PROGRAM_MISSING}
     */
    public static ControlFile read(
            Host host, PgInstallation programs, Path dataDirectory, CancelToken cancel)
            throws RecoveryException {
        var done =
                ProgramRun.capture(
                        host,
                        ProcessSpec.of(
                                programs.path(PgProgram.PG_CONTROLDATA).toString(),
                                "-D",
                                dataDirectory.toString()),
                        cancel);
        if (!done.end().succeeded()) {
            throw unreadable(dataDirectory, ProgramProblem.firstMeaningful(done.end().errors()));
        }
        try {
            return parse(done.lines());
        } catch (IllegalArgumentException wrong) {
            throw unreadable(dataDirectory, wrong.getMessage());
        }
    }

    /** Throws {@link IllegalArgumentException} when a line is missing or the checksum is wrong. */
    static ControlFile parse(List<String> lines) {
        if (lines.stream().anyMatch(line -> line.startsWith("WARNING"))) {
            throw new IllegalArgumentException("its checksum does not fit its content");
        }
        var values = new Values(lines);
        return new ControlFile(
                values.number("pg_control version number"),
                values.number("Catalog version number"),
                values.text("Database system identifier"),
                values.text("Database cluster state"),
                values.lsn("Latest checkpoint location"),
                values.lsn("Latest checkpoint's REDO location"),
                values.text("Latest checkpoint's REDO WAL file"),
                values.number("Latest checkpoint's TimeLineID"),
                values.lsn("Minimum recovery ending location"),
                values.number("Min recovery ending loc's timeline"),
                values.lsn("Backup start location"),
                values.lsn("Backup end location"),
                values.text("End-of-backup record required").equals("yes"),
                values.text("wal_level setting"),
                new RecoveryLimits(
                        values.number("max_connections setting"),
                        values.number("max_worker_processes setting"),
                        values.number("max_wal_senders setting"),
                        values.number("max_prepared_xacts setting"),
                        values.number("max_locks_per_xact setting")),
                values.number("Database block size"),
                values.number("WAL block size"),
                values.number("Bytes per WAL segment"),
                values.number("Data page checksum version") != 0);
    }

    private static RecoveryException unreadable(Path dataDirectory, String reason) {
        return new RecoveryException(
                ProblemCode.SERVER_FAILED,
                "The control file of " + dataDirectory + " cannot be used.",
                "Reading " + PATH + " failed: " + reason + ".",
                "Check that it is a data directory and that its restore was finished; a damaged one"
                        + " must be restored again.");
    }

    private static final class Values {
        private final Map<String, String> values = new LinkedHashMap<>();

        Values(List<String> lines) {
            for (String line : lines) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    values.put(line.substring(0, colon), line.substring(colon + 1).strip());
                }
            }
        }

        String text(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("the line '" + name + "' is missing");
            }
            return value;
        }

        int number(String name) {
            return Integer.parseInt(text(name));
        }

        Lsn lsn(String name) {
            return Lsn.parse(text(name));
        }
    }
}
