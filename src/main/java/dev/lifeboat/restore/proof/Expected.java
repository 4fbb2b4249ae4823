package dev.lifeboat.restore.proof;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.Manifest.TableEstimate;
import dev.lifeboat.settings.OwnQuery;

import java.util.List;

/**
 * What a restored database is compared with.
 *
 * @param database its name
 * @param tables what the backup said of the tables of that database, rows estimated
 * @param sameMoment whether the database must be as it was when the backup was taken; otherwise it
 *     is later, and a table may be gone or emptied since
 * @param queries the profile's own
 */
public record Expected(
        String database, List<TableEstimate> tables, boolean sameMoment, List<OwnQuery> queries) {
    public Expected {
        tables = tables.stream().filter(table -> table.database().equals(database)).toList();
        queries = List.copyOf(queries);
    }

    /** Of a database that is rolled forward from a base. */
    public static Expected rolledForward(Manifest base, List<OwnQuery> queries) {
        return new Expected(base.database(), base.tables(), false, queries);
    }

    /** Of a database that a dump was restored into. */
    public static Expected asDumped(Manifest dump, List<OwnQuery> queries) {
        return new Expected(dump.database(), dump.tables(), true, queries);
    }
}
