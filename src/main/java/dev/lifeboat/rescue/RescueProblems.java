package dev.lifeboat.rescue;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.ShellWords;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.TableHolders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Why a rescue is refused. */
public final class RescueProblems {
    private static final int HOLDERS_NAMED = 3;

    private RescueProblems() {}

    static RecoveryException unknown(String table) {
        return new RecoveryException(
                ProblemCode.TABLE_UNKNOWN,
                "The restored copy has no table " + table + ".",
                "It was not there at the moment that was restored, or its name is another one.",
                "Advance the restore to a moment when it was there, or name it as \\dt *.* of psql"
                        + " shows it in the copy.");
    }

    static RecoveryException ambiguous(String table, List<String> schemas) {
        return new RecoveryException(
                ProblemCode.USAGE,
                "There are several tables " + table + " in the copy.",
                "They are in the schemas " + String.join(", ", schemas) + ".",
                "Name the schema: --table " + schemas.getFirst() + "." + table);
    }

    static RecoveryException withoutKey(String table) {
        return new RecoveryException(
                ProblemCode.TABLE_WITHOUT_KEY,
                table + " has no primary key.",
                "Without one nothing tells which row of the copy is which row of the live table.",
                "Copy what you need by hand: psql of the copy, \\copy (SELECT ...) TO a file, then"
                        + " look at it before you load it.");
    }

    /**
     * @param id the restore's
     */
    static RecoveryException locked(String table, String id) {
        return new RecoveryException(
                ProblemCode.TABLE_LOCKED,
                table + " cannot be read in the copy while that is paused.",
                "The copy waits just before the end of a transaction that drops or alters the"
                        + " table, and holds its lock until then.",
                "Promote the copy, which takes that transaction back: Promote in the window, or"
                        + " lifeboat restores promote "
                        + id
                        + ". Then compare again: "
                        + again(table, id)
                        + ". One that was prepared outlives that: in the copy, ROLLBACK PREPARED"
                        + " what pg_prepared_xacts names.");
    }

    /**
     * @param holders who holds a lock on it; may be empty
     * @param where the database they are in
     */
    static RecoveryException heldUp(
            String table,
            String id,
            List<TableHolders.Holder> holders,
            ConnectionSpec where,
            RecoveryException cause) {
        return new RecoveryException(
                ProblemCode.TABLE_LOCKED,
                table + " is locked by another session of " + where.confirmText() + ".",
                holders.isEmpty()
                        ? "Nobody holds it any more, or the role may not see who does. "
                                + cause.problem().why()
                        : "It is held by "
                                + holders.stream()
                                        .limit(HOLDERS_NAMED)
                                        .map(TableHolders.Holder::toString)
                                        .collect(Collectors.joining(", "))
                                + (holders.size() > HOLDERS_NAMED ? " and others." : "."),
                waitOrEnd(holders, where)
                        + " Then compare again: "
                        + again(table, id)
                        + ". What was brought back of other tables stays; nothing of this one was.",
                cause);
    }

    private static String waitOrEnd(List<TableHolders.Holder> holders, ConnectionSpec where) {
        return holders.isEmpty()
                ? "Wait until it is free."
                : "Wait until it has finished, or end it: psql -d "
                        + ShellWords.word(where.uri())
                        + " -c \"SELECT pg_terminate_backend("
                        + holders.getFirst().pid()
                        + ")\".";
    }

    private static String again(String table, String id) {
        return "Compare in the window, or lifeboat rescue " + id + " --table " + table;
    }

    static RecoveryException differ(String table) {
        return new RecoveryException(
                ProblemCode.TABLES_DIFFER,
                table + " is defined otherwise in the copy than in the live database.",
                "Its columns, their types or its primary key changed after the moment that was"
                        + " restored.",
                "Rename the live table, let the rescue bring the old one back, and move the rows"
                        + " by SQL of your own.");
    }

    static RecoveryException partitioned(String table) {
        return new RecoveryException(
                ProblemCode.TABLES_DIFFER,
                table + " was dropped and is partitioned.",
                "Its partitions would have to come back with it, and that is not done here.",
                "Dump it from the copy: pg_dump -t '" + table + "*', then restore that dump.");
    }

    static RecoveryException foreign(String copy, String live) {
        return new RecoveryException(
                ProblemCode.SYSTEM_IDENTIFIER_FOREIGN,
                "The restored copy is of another cluster than DATABASE_URL leads to.",
                "The copy's system identifier is " + copy + ", the live one's is " + live + ".",
                "Let DATABASE_URL name the database that the backup was taken of.");
    }

    static RecoveryException same() {
        return new RecoveryException(
                ProblemCode.USAGE,
                "DATABASE_URL leads to the restored copy itself.",
                "Both are the same server, so that there is nothing to compare.",
                "Let DATABASE_URL name the live database.");
    }

    static RecoveryException readOnly() {
        return new RecoveryException(
                ProblemCode.TARGET_NOT_WRITABLE,
                "The live database takes no changes.",
                "The server that DATABASE_URL names is in recovery: a standby, or a paused restore.",
                "Let DATABASE_URL name the primary.");
    }

    /** A restore whose server is down. */
    public static RecoveryException notRunning(String id, String state) {
        return new RecoveryException(
                ProblemCode.USAGE,
                "Restore " + id + " lets no session in.",
                "It is " + state + "; rows are read from a copy that is paused or promoted.",
                "Bring it up: lifeboat restores resume " + id + ".");
    }

    static RecoveryException io(Path path, IOException cause) {
        return new RecoveryException(
                ProblemCode.HOST_FAILURE,
                path + " cannot be written or read.",
                "The system answered: " + cause.getMessage() + ".",
                "Make room or mend the rights there; the live database was not changed.",
                cause);
    }
}
