package dev.lifeboat.monitor;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.catalog.VerifyLevel;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The last good proofs of backups. */
final class Proofs {
    private Proofs() {}

    /** The newest result that was good at this level or a better one. */
    static Optional<Verification> newest(List<CatalogEntry> entries, VerifyLevel level) {
        return entries.stream()
                .flatMap(entry -> entry.verified().stream())
                .filter(proof -> proof.ok() && proof.level().covers(level))
                .max(Comparator.comparing(Verification::at));
    }
}
