package dev.lifeboat.restore;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ClusterDatabases;
import dev.lifeboat.postgres.ClusterDatabases.Renaming;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.DatabaseSettings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the restored database the name, and the rights and settings that go with it. */
record LogicalSwap(LogicalSite site, LogicalScratch scratch) {
    /**
     * Gives owner, rights and settings of the database that is there to the restored one, and looks
     * whether they are the same.
     *
     * @throws RecoveryException RESTORE_FAILED when they are not
     */
    void configure() throws RecoveryException {
        String restored = site.filled();
        try (ClusterDatabases cluster = site.cluster()) {
            Optional<DatabaseSettings> wanted = wanted(cluster);
            if (wanted.isPresent()) {
                for (String statement : wanted.get().statementsFor(restored)) {
                    cluster.session().execute(statement);
                }
                requireSame(cluster, wanted.get());
                site.record("settings-carried-over", Map.of("database", restored));
            }
        }
        try (Database session = site.connect(restored)) {
            session.execute("ANALYZE");
        }
    }

    private Optional<DatabaseSettings> wanted(ClusterDatabases cluster) throws RecoveryException {
        return site.plan().target().absent()
                ? Optional.empty()
                : DatabaseSettings.read(cluster.session(), site.plan().target().database());
    }

    private void requireSame(ClusterDatabases cluster, DatabaseSettings wanted)
            throws RecoveryException {
        List<String> differences =
                DatabaseSettings.read(cluster.session(), site.filled())
                        .orElseThrow(LogicalSwap::scratchGone)
                        .differencesTo(wanted);
        if (!differences.isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.RESTORE_FAILED,
                    "What was restored does not take the name of "
                            + site.plan().target().database()
                            + ".",
                    "Their rights and settings differ: " + String.join("; ", differences) + ".",
                    "Connect as the database's owner or as a superuser, then: lifeboat restores"
                            + " resume "
                            + site.plan().id());
        }
    }

    /**
     * Renames in one step. Whatever came into the old database, or changed of its rights, until now
     * is looked at once more.
     *
     * @throws RecoveryException TARGET_IN_USE naming the sessions in the way; PLAN_OUTDATED,
     *     TARGET_NOT_EMPTY, RESTORE_FAILED; LEASE_LOST when another restore took the database over
     */
    void run() throws RecoveryException {
        new LogicalConditions(site).requireSameTarget();
        try (ClusterDatabases cluster = site.cluster()) {
            Optional<DatabaseSettings> wanted = wanted(cluster);
            if (wanted.isPresent()) {
                requireSame(cluster, wanted.get());
            }
            site.guard().require();
            cluster.rename(renamings());
        }
        recordSwapped();
    }

    private List<Renaming> renamings() throws RecoveryException {
        String name = site.plan().target().database();
        long restored = scratch.oid().orElseThrow(LogicalSwap::scratchGone);
        List<Renaming> renamings = new ArrayList<>();
        site.plan()
                .kept()
                .ifPresent(
                        kept ->
                                renamings.add(
                                        new Renaming(name, site.plan().target().oid(), kept)));
        renamings.add(new Renaming(site.filled(), restored, name));
        return renamings;
    }

    /** Whether the restored database has the name already; writes it down then. */
    boolean recogniseDone() throws RecoveryException {
        Optional<Long> restored = scratch.oid();
        if (restored.isEmpty()) {
            return false;
        }
        try (ClusterDatabases cluster = site.clusterForTidying()) {
            boolean done =
                    cluster.find(site.plan().target().database())
                            .filter(found -> found.oid() == restored.get())
                            .isPresent();
            if (done && !site.history().has(RestoreHistory.SWAPPED)) {
                recordSwapped();
            }
            return done;
        }
    }

    private void recordSwapped() throws RecoveryException {
        Map<String, Object> names = new HashMap<>();
        names.put("database", site.plan().target().database());
        names.put("kept", site.plan().kept().orElse(null));
        site.record(RestoreHistory.SWAPPED, names);
    }

    /**
     * Drops the database that had the name before.
     *
     * @throws RecoveryException USAGE when there was none, or it does not stand aside yet;
     *     TARGET_IN_USE, TARGET_NOT_EMPTY when another database has its name now
     */
    void dropKept() throws RecoveryException {
        if (site.plan().kept().isEmpty() || !site.history().has(RestoreHistory.SWAPPED)) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "There is nothing of the restore " + site.plan().id() + " to drop.",
                    "No database stands aside for it.",
                    "See how it stands with: lifeboat restores show " + site.plan().id());
        }
        String kept = site.plan().kept().get();
        try (ClusterDatabases cluster = site.cluster()) {
            cluster.requireNobodyIn(kept);
            boolean was = cluster.drop(kept, site.plan().target().oid());
            site.record(RestoreHistory.KEPT_DROPPED, Map.of("database", kept, "wasThere", was));
        }
    }

    private static RecoveryException scratchGone() {
        return new RecoveryException(
                ProblemCode.DATABASE_MISSING,
                "The database that was restored is gone.",
                "Somebody dropped or renamed it.",
                "Go on with lifeboat restores resume, which restores it again.");
    }
}
