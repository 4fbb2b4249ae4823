package dev.lifeboat.restore.logical;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ClusterDatabases;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.postgres.UserObjects;

import java.util.List;
import java.util.Optional;

/**
 * Looks at the database that is meant and at its cluster. Changes nothing; every question is asked
 * anew. For one thread.
 */
public final class TargetSurvey {
    private final ConnectionSpec database;
    private final CancelToken cancel;

    public TargetSurvey(ConnectionSpec database, CancelToken cancel) {
        this.database = database;
        this.cancel = cancel;
    }

    private interface Question<T> {
        T ask(ClusterDatabases cluster) throws RecoveryException;
    }

    private <T> T ask(Question<T> question) throws RecoveryException {
        try (var cluster = ClusterDatabases.beside(database, cancel)) {
            return question.ask(cluster);
        }
    }

    /**
     * How it is now.
     *
     * @throws RecoveryException as {@link Database}; {@code TARGET_NOT_WRITABLE} when the server is
     *     a standby; {@code USAGE} when it is one of the cluster's templates
     */
    public LogicalTarget look() throws RecoveryException {
        if (database.database().startsWith("template")) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "Nothing is restored into " + database.database() + ".",
                    "Databases of that name are what PostgreSQL makes new ones of.",
                    "Name the database in DATABASE_URL.");
        }
        return ask(this::look);
    }

    private LogicalTarget look(ClusterDatabases cluster) throws RecoveryException {
        ServerInfo server = ServerInfo.read(cluster.session());
        if (server.inRecovery()) {
            throw new RecoveryException(
                    ProblemCode.TARGET_NOT_WRITABLE,
                    "Nothing can be restored into " + database.confirmText() + ".",
                    "Its server is a standby, or paused in a recovery: it takes no writes.",
                    "Name the primary in DATABASE_URL.");
        }
        Optional<ClusterDatabases.Found> found = cluster.find(database.database());
        return new LogicalTarget(
                database.uri(),
                database.confirmText(),
                database.database(),
                database.user(),
                server.systemIdentifier(),
                server.version().number(),
                found.map(ClusterDatabases.Found::oid).orElse(0L),
                found.isPresent() ? contents() : List.of(),
                found.map(ClusterDatabases.Found::owned).orElse(false) || server.role().superuser(),
                server.role().createDatabase());
    }

    /** Some names of what is in the database. */
    public List<String> contents() throws RecoveryException {
        try (Database session = Database.connect(database, cancel)) {
            return UserObjects.some(session);
        }
    }

    public boolean exists(String name) throws RecoveryException {
        return ask(cluster -> cluster.find(name).isPresent());
    }

    /** Of these roles those that do not exist. */
    public List<String> missingRoles(List<String> roles) throws RecoveryException {
        return ask(cluster -> cluster.missingRoles(roles));
    }

    public List<String> logicalSlots() throws RecoveryException {
        return ask(cluster -> cluster.logicalSlots(database.database()));
    }

    /** Who works in the database. */
    public List<ClusterDatabases.Visitor> visitors() throws RecoveryException {
        return ask(cluster -> cluster.visitors(database.database()));
    }
}
