package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;

import java.util.Map;
import java.util.Optional;

/**
 * What the copies of one manifest came to.
 *
 * @param manifest the first good copy; empty when there is none
 * @param sha256 of the good copy's bytes; empty when there is none
 * @param status FINISHED with a manifest, else what is wrong with it
 * @param authenticated whether its HMAC was checked and holds
 * @param problem why there is no good copy, or why the good one cannot be used yet (its key is not
 *     known)
 * @param faults what is wrong with a region's copy; a region without an entry has the good one, or
 *     none
 */
record ManifestFound(
        Optional<Manifest> manifest,
        String sha256,
        BackupStatus status,
        boolean authenticated,
        Optional<Problem> problem,
        Map<Region.Role, Problem> faults) {}
