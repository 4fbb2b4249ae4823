package dev.lifeboat.ui.catalog;

/** Rows that differ from another one in a single fact. */
final class Rows {
    private Rows() {}

    static CatalogRow ofCluster(CatalogRow row, String cluster) {
        return new CatalogRow(
                row.id(),
                row.kind(),
                row.status(),
                row.key() + "-" + cluster,
                row.digest(),
                cluster,
                row.database(),
                row.startedAt(),
                row.finishedAt(),
                row.plainBytes(),
                row.storedBytes(),
                row.keyFingerprint(),
                row.storageClass(),
                row.timeline(),
                row.primary(),
                row.dr(),
                row.usable(),
                row.authenticated(),
                row.level(),
                row.verifiedAt(),
                row.verifiedOk(),
                row.broken(),
                row.generations(),
                row.keptUntil());
    }
}
