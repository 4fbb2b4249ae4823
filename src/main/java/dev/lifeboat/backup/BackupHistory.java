package dev.lifeboat.backup;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table {@code backup_history} of the database that is backed up, which the runbook's query
 * reads: {@code backup_type}, {@code created_at}, {@code status}. A table of that name that
 * somebody else made is used as far as its columns go. Never the cause of a failed backup.
 */
final class BackupHistory {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CREATE =
            """
            create table if not exists backup_history (
              id bigint generated always as identity primary key,
              backup_type text not null,
              created_at timestamptz not null default now(),
              status text not null,
              backup_id text,
              location text,
              plain_bytes bigint,
              stored_bytes bigint,
              seconds double precision,
              message text)""";

    private final ConnectionSpec database;

    BackupHistory(ConnectionSpec database) {
        this.database = database;
    }

    /**
     * Notes a backup that is complete.
     *
     * @return why it could not be noted, a sentence; empty when it was
     */
    Optional<String> completed(BackupResult result) {
        var values = new LinkedHashMap<String, Object>();
        values.put("backup_type", result.kind().word());
        values.put("status", "completed");
        values.put("backup_id", result.id());
        values.put("location", result.key());
        values.put("plain_bytes", result.plainBytes());
        values.put("stored_bytes", result.storedBytes());
        values.put("seconds", result.seconds());
        return note(values);
    }

    /** Notes a backup that failed; as {@link #completed}. */
    Optional<String> failed(BackupKind kind, String id, Problem problem, double seconds) {
        var values = new LinkedHashMap<String, Object>();
        values.put("backup_type", kind.word());
        values.put("status", "failed");
        values.put("backup_id", id);
        values.put("seconds", seconds);
        values.put("message", problem.code() + ": " + problem.what() + " " + problem.why());
        return note(values);
    }

    private Optional<String> note(Map<String, Object> values) {
        try (Database session = Database.connect(database, CancelToken.never())) {
            session.statementTimeout(PATIENCE);
            if (columns(session).isEmpty()) {
                session.execute(CREATE);
            }
            List<String> known = columns(session);
            var names = new ArrayList<String>(values.keySet());
            names.retainAll(known);
            session.execute(
                    "insert into backup_history ("
                            + String.join(", ", names)
                            + ") values ("
                            + String.join(", ", names.stream().map(_ -> "?").toList())
                            + ")",
                    names.stream().map(values::get).toArray());
            return Optional.empty();
        } catch (RecoveryException refused) {
            return Optional.of(
                    "backup_history in "
                            + database.confirmText()
                            + " does not show this backup: "
                            + refused.problem().why());
        }
    }

    /** Of the table that the search path finds; none when there is no table. */
    private static List<String> columns(Database session) throws RecoveryException {
        return session.query(
                row -> row.text("attname"),
                """
                select attname from pg_attribute
                 where attrelid = to_regclass('backup_history') and attnum > 0
                   and not attisdropped""");
    }
}
