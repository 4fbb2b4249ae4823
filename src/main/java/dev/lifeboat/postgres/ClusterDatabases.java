package dev.lifeboat.postgres;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The databases of a cluster as a whole: which there are, who works in them, and their names. Works
 * through a session in a database that is none of those it is about, since nobody may be in a
 * database that is renamed. For one thread.
 *
 * <p>Source: PostgreSQL documentation, ALTER DATABASE, pg_stat_activity; commands/dbcommands.c,
 * RenameDatabase: it takes part in transactions, and waits five seconds for other sessions to end.
 */
public final class ClusterDatabases implements AutoCloseable {
    private static final List<String> MEETING_PLACES = List.of("postgres", "template1");
    private static final int NAMED_SESSIONS = 5;

    private final ConnectionSpec server;
    private final Database session;

    private ClusterDatabases(ConnectionSpec server, Database session) {
        this.server = server;
        this.session = session;
    }

    /**
     * A database.
     *
     * @param oid stays the same when it is renamed
     * @param owned whether the session's role may act as its owner
     */
    public record Found(long oid, String name, boolean owned) {}

    /** Somebody at work in a database. */
    public record Visitor(
            long pid, String role, String application, String from, Optional<Instant> since) {
        @Override
        public String toString() {
            return pid
                    + " ("
                    + role
                    + (application.isEmpty() ? "" : ", " + application)
                    + (from.isEmpty() ? "" : ", from " + from)
                    + ")";
        }
    }

    /**
     * Connects to a database of the same server that is not the one meant.
     *
     * @param meant the database that is worked on
     * @throws RecoveryException as {@link Database#connect}; {@code DATABASE_MISSING} when neither
     *     postgres nor template1 lets the role in
     */
    public static ClusterDatabases beside(ConnectionSpec meant, CancelToken cancel)
            throws RecoveryException {
        RecoveryException first = null;
        for (String place : MEETING_PLACES) {
            if (place.equals(meant.database())) {
                continue;
            }
            try {
                return new ClusterDatabases(
                        meant, Database.connect(meant.withDatabase(place), cancel));
            } catch (RecoveryException refused) {
                if (refused.code() != ProblemCode.DATABASE_MISSING) {
                    throw refused;
                }
                first = first == null ? refused : first;
            }
        }
        throw first;
    }

    /** The session itself, for what stands in catalogs that all databases share. */
    public Database session() {
        return session;
    }

    public Optional<Found> find(String name) throws RecoveryException {
        return session.first(
                row -> new Found(row.number("oid"), row.text("datname"), row.bool("owned")),
                """
                select oid::bigint as oid, datname,
                       pg_has_role(datdba, 'USAGE') as owned from pg_database where datname = ?""",
                name);
    }

    /** Sessions and prepared transactions apart from this program's own programs. */
    public List<Visitor> visitors(String database) throws RecoveryException {
        return session.query(
                row ->
                        new Visitor(
                                row.number("pid"),
                                row.text("role"),
                                row.text("application"),
                                row.text("client"),
                                row.optionalInstant("backend_start")),
                """
                select pid, coalesce(usename, '') as role, coalesce(application_name, '') as application,
                       coalesce(host(client_addr), '') as client, backend_start
                  from pg_stat_activity
                 where datname = ? and backend_type in ('client backend', 'walsender')
                   and pid <> pg_backend_pid() order by backend_start""",
                database);
    }

    /** Replication slots that decode this database's changes. */
    public List<String> logicalSlots(String database) throws RecoveryException {
        return session.query(
                row -> row.text("slot_name"),
                "select slot_name from pg_replication_slots where database = ? order by 1",
                database);
    }

    /** Of these roles those that do not exist. */
    public List<String> missingRoles(List<String> roles) throws RecoveryException {
        List<String> known =
                session.query(row -> row.text("rolname"), "select rolname from pg_roles");
        return roles.stream().filter(role -> !known.contains(role)).toList();
    }

    public void create(String name, DatabaseForm form) throws RecoveryException {
        session.execute(form.create(name));
    }

    /** With the cluster's own locale and encoding. */
    public void create(String name) throws RecoveryException {
        session.execute("CREATE DATABASE " + Sql.identifier(name) + " TEMPLATE template0");
    }

    /**
     * Drops a database, if it is still the one that is meant.
     *
     * @return whether it was there
     * @throws RecoveryException {@code TARGET_IN_USE} when somebody is in it; {@code
     *     TARGET_NOT_EMPTY} when another database has that name
     */
    public boolean drop(String name, long oid) throws RecoveryException {
        return drop(name, oid, "");
    }

    /**
     * The same for a database of this program's own: who works in it is sent away, such as a
     * program of a process that was killed.
     */
    public boolean dropOwn(String name, long oid) throws RecoveryException {
        return drop(name, oid, " WITH (FORCE)");
    }

    private boolean drop(String name, long oid, String how) throws RecoveryException {
        Optional<Found> found = find(name);
        if (found.isEmpty()) {
            return false;
        }
        if (found.get().oid() != oid) {
            throw other(name);
        }
        session.execute("DROP DATABASE " + Sql.identifier(name) + how);
        return true;
    }

    /**
     * A database and the name it gets.
     *
     * @param oid which database it must be
     */
    public record Renaming(String from, long oid, String to) {}

    /**
     * Gives new names in one step: all or none.
     *
     * @throws RecoveryException {@code TARGET_IN_USE} naming the sessions that are in the way;
     *     {@code TARGET_NOT_EMPTY} when a database is not the one that was meant; {@code
     *     ROLE_WITHOUT_RIGHTS}
     */
    public void rename(List<Renaming> renamings) throws RecoveryException {
        for (Renaming each : renamings) {
            requireNobodyIn(each.from());
        }
        try {
            session.transaction(
                    open -> {
                        for (Renaming each : renamings) {
                            requireSame(each);
                            open.execute(
                                    "ALTER DATABASE "
                                            + Sql.identifier(each.from())
                                            + " RENAME TO "
                                            + Sql.identifier(each.to()));
                        }
                        return null;
                    });
        } catch (RecoveryException refused) {
            if (refused.code() == ProblemCode.TARGET_IN_USE) {
                for (Renaming each : renamings) {
                    requireNobodyIn(each.from());
                }
            }
            throw refused;
        }
    }

    /**
     * Holds a database to be without sessions.
     *
     * @throws RecoveryException {@code TARGET_IN_USE}
     */
    public void requireNobodyIn(String database) throws RecoveryException {
        List<Visitor> there = visitors(database);
        if (!there.isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.TARGET_IN_USE,
                    "The database " + database + " is in use, so it cannot be renamed.",
                    (there.size() == 1 ? "A session is" : there.size() + " sessions are")
                            + " in it: "
                            + named(there)
                            + ".",
                    endThem(server.withDatabase(database)));
        }
    }

    /** The first few, for a sentence. */
    public static String named(List<Visitor> visitors) {
        return visitors.stream()
                        .limit(NAMED_SESSIONS)
                        .map(Visitor::toString)
                        .collect(Collectors.joining(", "))
                + (visitors.size() > NAMED_SESSIONS ? " and others" : "");
    }

    /**
     * How to end the sessions in a database: a command that names the server itself, so that typed
     * anywhere it reaches no other one. Without the password.
     */
    public static String endThem(ConnectionSpec database) {
        String beside =
                MEETING_PLACES.stream()
                        .filter(place -> !place.equals(database.database()))
                        .findFirst()
                        .orElseThrow();
        return "Stop the application that uses it, or end them: psql -d "
                + inSingleQuotes(database.withDatabase(beside).uri())
                + " -c "
                + inDoubleQuotes(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                                + Sql.literal(database.database()))
                + ".";
    }

    private static String inSingleQuotes(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** What a shell would take as its own stays the statement's. */
    private static String inDoubleQuotes(String word) {
        return "\"" + word.replaceAll("[\\\\\"$`]", "\\\\$0") + "\"";
    }

    private void requireSame(Renaming renaming) throws RecoveryException {
        if (find(renaming.from()).filter(found -> found.oid() == renaming.oid()).isEmpty()) {
            throw other(renaming.from());
        }
    }

    private static RecoveryException other(String name) {
        return new RecoveryException(
                ProblemCode.TARGET_NOT_EMPTY,
                "The database " + name + " is not touched.",
                "It is not the database that was there when the restore was planned.",
                "Look what it is (psql -l), then make a new plan.");
    }

    @Override
    public void close() {
        session.close();
    }
}
