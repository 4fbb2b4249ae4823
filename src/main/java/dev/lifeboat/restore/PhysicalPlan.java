package dev.lifeboat.restore;

import dev.lifeboat.catalog.Manifest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a physical restore will do, decided and shown before it begins. Immutable; carried out
 * as it is or not at all.
 *
 * @param id of the restore; also the name of its folder
 * @param tool the version of Lifeboat that made the plan
 * @param host the machine the plan acts on
 * @param region {@code auto}, {@code primary} or {@code dr}
 * @param baseReason why this base was chosen, a sentence
 * @param manifestSha256 of the stored manifest: another manifest under the same key is another
 *     world
 * @param timelines the path, oldest first, ending with the timeline the target lies on
 * @param dataDirectory absolute; created by the restore
 * @param renamedTo where what lies in {@code dataDirectory} now is moved; empty when there is
 *     nothing
 * @param tablespaces new directory by oid of the tablespace
 * @param sharedBuffersBytes what the recovering server may use
 * @param overrides settings given on the command line of every start until handover, with the
 *     reason
 * @param notes what an operator should know before saying yes: newer WAL that may lie in a region
 *     left out, timelines not followed, unauthenticated WAL
 * @param confirm what must be typed; empty when nothing exists that could be harmed
 */
public record PhysicalPlan(
        String id,
        String tool,
        String host,
        Instant plannedAt,
        RecoveryTarget target,
        TargetAction action,
        String region,
        Manifest base,
        String baseReason,
        String manifestKey,
        String manifestSha256,
        List<Long> timelines,
        Goal goal,
        WalNeed wal,
        Path dataDirectory,
        Optional<Path> renamedTo,
        Map<Long, Path> tablespaces,
        int port,
        int jobs,
        long sharedBuffersBytes,
        Map<String, ManagedSetting> overrides,
        List<String> notes,
        Optional<String> confirm)
        implements RestorePlan {
    public PhysicalPlan {
        timelines = List.copyOf(timelines);
        tablespaces = Map.copyOf(tablespaces);
        overrides = Map.copyOf(overrides);
        notes = List.copyOf(notes);
    }

    @Override
    public Optional<String> stake() {
        return renamedTo.map(
                aside ->
                        dataDirectory
                                + " on "
                                + host
                                + " is not empty; it would be renamed to "
                                + aside
                                + ".");
    }

    /**
     * The plan of going on to another target of the same restore; what was on the way to this one
     * is still needed should the machine go down.
     */
    PhysicalPlan toward(
            String tool,
            Instant plannedAt,
            RecoveryTarget target,
            List<Long> timelines,
            Goal goal,
            WalNeed wal) {
        return new PhysicalPlan(
                id,
                tool,
                host,
                plannedAt,
                target,
                TargetAction.PAUSE,
                region,
                base,
                baseReason,
                manifestKey,
                manifestSha256,
                timelines,
                goal,
                wal,
                dataDirectory,
                renamedTo,
                tablespaces,
                port,
                jobs,
                sharedBuffersBytes,
                overrides,
                notes,
                Optional.empty());
    }

    /** A setting that differs from the source's, and why. */
    public record ManagedSetting(String value, String reason) {}
}
