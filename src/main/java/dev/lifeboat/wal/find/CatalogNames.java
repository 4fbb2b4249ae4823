package dev.lifeboat.wal.find;

import dev.lifeboat.kernel.Lsn;

import java.util.List;
import java.util.Map;

/**
 * The names in the catalogs of a cluster, as a server told them.
 *
 * @param systemIdentifier of the cluster
 * @param major version of the server
 * @param at the names are those of this position, or later
 */
public record CatalogNames(
        String systemIdentifier, int major, Lsn at, List<DatabaseNames> databases) {
    public CatalogNames {
        databases = List.copyOf(databases);
    }

    /**
     * One database.
     *
     * @param movedCatalogs system tables that have another file than at first, by that file: their
     *     OIDs
     * @param schemas by OID; none, as the rest, when it could not be asked
     */
    public record DatabaseNames(
            long oid,
            String name,
            Map<Long, Long> movedCatalogs,
            Map<Long, String> schemas,
            List<PlacedRelation> relations) {
        public DatabaseNames {
            movedCatalogs = Map.copyOf(movedCatalogs);
            schemas = Map.copyOf(schemas);
            relations = List.copyOf(relations);
        }
    }

    /**
     * A relation and where its row lies in {@code pg_class}.
     *
     * @param block of its {@code ctid}
     * @param offset of its {@code ctid}
     */
    public record PlacedRelation(long block, int offset, NamedRelation relation) {}
}
