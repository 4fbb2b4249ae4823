package dev.lifeboat.restore;

import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ClusterDatabases;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.PgRestore;
import dev.lifeboat.postgres.PgVersion;
import dev.lifeboat.postgres.Psql;
import dev.lifeboat.restore.logical.DumpReader;
import dev.lifeboat.restore.logical.TargetSurvey;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one logical restore touches.
 *
 * @param guard of the database that is meant
 */
record LogicalSite(
        LogicalPlan plan,
        RestoreFolder folder,
        LogicalTools tools,
        Journal journal,
        RestoreProgress progress,
        TargetGuard guard,
        CancelToken cancel) {
    private static final String DUMP = "dump";

    RestoreHistory history() {
        return RestoreHistory.of(journal.events());
    }

    void record(String event, Map<String, ?> fields) throws RecoveryException {
        journal.record(event, fields);
    }

    /** The cluster, through a database that is none of those that are renamed. */
    ClusterDatabases cluster() throws RecoveryException {
        return ClusterDatabases.beside(tools.database(), cancel);
    }

    /** The same for what must be done although the restore was asked to stop. */
    ClusterDatabases clusterForTidying() throws RecoveryException {
        return ClusterDatabases.beside(tools.database(), CancelToken.never());
    }

    TargetSurvey survey() {
        return new TargetSurvey(tools.database(), cancel);
    }

    ConnectionSpec spec(String database) {
        return tools.database().withDatabase(database);
    }

    Database connect(String database) throws RecoveryException {
        return Database.connect(spec(database), cancel);
    }

    /** Where the content goes first: a database of its own, or the target itself. */
    String filled() {
        return plan.scratch().orElse(plan.target().database());
    }

    DumpReader reader() {
        return new DumpReader(tools.backups(), tools.keys(), plan.jobs(), cancel);
    }

    Optional<Path> spooledDump() {
        return plan.spool().map(folderOfIt -> folderOfIt.resolve(DUMP));
    }

    /** A program that is sure to read the dump. */
    PgRestore pgRestore() throws RecoveryException {
        Optional<PgVersion> needed =
                plan.source().header().flatMap(header -> header.neededProgram());
        PgInstallation programs =
                needed.isPresent()
                        ? tools.programs().forServer(needed.get(), PgProgram.PG_RESTORE)
                        : tools.programs().newest(PgProgram.PG_RESTORE);
        return new PgRestore(tools.host(), programs);
    }

    Psql psql() throws RecoveryException {
        var server = new PgVersion(plan.target().serverVersion());
        return new Psql(tools.host(), tools.programs().forServer(server, PgProgram.PSQL));
    }
}
