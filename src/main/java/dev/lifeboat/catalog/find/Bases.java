package dev.lifeboat.catalog.find;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.find.CatalogNames;

import java.util.Optional;

/** The bases there are, and what lies beside them. */
interface Bases {
    CatalogListing load(CancelToken cancel) throws RecoveryException;

    /** The major version of its server. */
    int major(CatalogEntry base) throws RecoveryException;

    /** The names beside it; empty when it was taken without. */
    Optional<CatalogNames> names(CatalogEntry base) throws RecoveryException;

    /** Those of a catalog. */
    static Bases of(Catalog catalog, RegionPair backups, KeyRing keys) {
        return new Bases() {
            @Override
            public CatalogListing load(CancelToken cancel) throws RecoveryException {
                return catalog.load(cancel);
            }

            @Override
            public int major(CatalogEntry base) throws RecoveryException {
                return catalog.manifest(base).serverMajor();
            }

            @Override
            public Optional<CatalogNames> names(CatalogEntry base) throws RecoveryException {
                return BaseNames.read(catalog.manifest(base), backups, keys);
            }
        };
    }
}
