package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Facts about one database.
 *
 * @param sizeBytes on disk; empty when the role may not know
 * @param tables user tables and materialized views, largest first
 * @param extensions versions by name
 * @param collations those in use whose provider has versions
 */
public record DatabaseInfo(
        String name,
        String owner,
        String encoding,
        Locale locale,
        Optional<Long> sizeBytes,
        List<Table> tables,
        Map<String, String> extensions,
        List<Collation> collations) {
    public DatabaseInfo {
        tables = List.copyOf(tables);
        extensions = Map.copyOf(extensions);
        collations = List.copyOf(collations);
    }

    /**
     * The database's own locale.
     *
     * @param provider {@code c} libc, {@code i} ICU, {@code b} built in
     * @param icuLocale of ICU and built-in locales
     * @param recordedVersion the provider's version when the database was made
     * @param actualVersion the provider's version now
     */
    public record Locale(
            String provider,
            String collate,
            String ctype,
            Optional<String> icuLocale,
            Optional<String> recordedVersion,
            Optional<String> actualVersion) {}

    /**
     * A table by PostgreSQL's estimates.
     *
     * @param rowEstimate of the last ANALYZE or VACUUM; empty when there was none
     * @param estimatedBytes pages of the table and its indexes as of then
     */
    public record Table(
            String schema, String name, Optional<Long> rowEstimate, long estimatedBytes) {}

    /** A collation that user columns or indexes use. */
    public record Collation(
            String name, String provider, Optional<String> recorded, Optional<String> actual) {
        /** Whether text sorted with it may be in another order than the provider's now. */
        public boolean differs() {
            return recorded.isPresent() && actual.isPresent() && !recorded.equals(actual);
        }
    }

    /** Asks the session's database; takes no lock on a table. Problems as {@link Database}. */
    public static DatabaseInfo read(Database session) throws RecoveryException {
        return new DatabaseInfoQueries(session).read();
    }

    public boolean hasUserTables() {
        return !tables.isEmpty();
    }
}
