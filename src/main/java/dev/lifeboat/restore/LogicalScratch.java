package dev.lifeboat.restore;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.journal.Event;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ClusterDatabases;
import dev.lifeboat.postgres.DatabaseForm;

import java.util.Map;
import java.util.Optional;

/**
 * The database a logical restore makes beside the one that is meant. Only what the journal says
 * this restore made is ever dropped.
 */
record LogicalScratch(LogicalSite site) {
    /** Makes it, empty, in the form the target has, or the source had. */
    void create() throws RecoveryException {
        String name = site.plan().scratch().orElseThrow();
        try (ClusterDatabases cluster = site.cluster()) {
            if (cluster.find(name).isPresent()) {
                throw taken(name);
            }
            site.record(RestoreHistory.SCRATCH_CREATING, Map.of("database", name));
            Optional<DatabaseForm> form = form(cluster);
            if (form.isPresent()) {
                cluster.create(name, form.get());
            } else {
                cluster.create(name);
            }
            long oid = cluster.find(name).orElseThrow(() -> taken(name)).oid();
            site.record(RestoreHistory.SCRATCH_CREATED, Map.of("database", name, "oid", oid));
        }
    }

    /** The database that was made, if it is still there under its own name. */
    Optional<ClusterDatabases.Found> find(ClusterDatabases cluster) throws RecoveryException {
        return cluster.find(site.plan().scratch().orElseThrow())
                .filter(found -> oid().filter(oid -> oid == found.oid()).isPresent());
    }

    /** Its number, once it was made. */
    Optional<Long> oid() {
        return site.history()
                .last(RestoreHistory.SCRATCH_CREATED)
                .map(event -> event.number("oid"));
    }

    /**
     * Drops it, if it is there. A process that was killed between the two records of its making
     * left it under a name that nobody else had.
     *
     * @throws RecoveryException TARGET_NOT_EMPTY when another database has that name now
     */
    void drop() throws RecoveryException {
        Optional<Event> making = site.history().last(RestoreHistory.SCRATCH_CREATING);
        if (making.isEmpty()) {
            return;
        }
        String name = making.get().text("database").orElseThrow();
        try (ClusterDatabases cluster = site.clusterForTidying()) {
            Optional<ClusterDatabases.Found> found = cluster.find(name);
            if (found.isEmpty()) {
                return;
            }
            long oid = recordedOid().orElse(found.get().oid());
            cluster.dropOwn(name, oid);
            site.record(RestoreHistory.SCRATCH_DROPPED, Map.of("database", name));
        }
    }

    /** Of the one that was being made last, if that was written down. */
    private Optional<Long> recordedOid() {
        for (Event event : site.history().events().reversed()) {
            if (event.is(RestoreHistory.SCRATCH_CREATED)) {
                return Optional.of(event.number("oid"));
            }
            if (event.is(RestoreHistory.SCRATCH_CREATING)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<DatabaseForm> form(ClusterDatabases cluster) throws RecoveryException {
        if (!site.plan().target().absent()) {
            return DatabaseForm.read(cluster.session(), site.plan().target().database());
        }
        return site.plan().source().manifest().flatMap(LogicalScratch::formOfSource);
    }

    /** Of ICU the manifest does not tell enough; the cluster's own form is taken then. */
    private static Optional<DatabaseForm> formOfSource(Manifest manifest) {
        Manifest.ClusterFacts facts = manifest.cluster();
        if (facts == null || !facts.localeProvider().equals("libc")) {
            return Optional.empty();
        }
        return Optional.of(
                new DatabaseForm(
                        facts.encoding(),
                        "libc",
                        facts.collate(),
                        facts.settings().getOrDefault("lc_ctype", facts.collate()),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static RecoveryException taken(String name) {
        return new RecoveryException(
                ProblemCode.TARGET_NOT_EMPTY,
                "The database " + name + " is there already, and is not touched.",
                "This restore would make one of that name, and did not make this one.",
                "Look what it is (psql -l), then make a new plan.");
    }
}
