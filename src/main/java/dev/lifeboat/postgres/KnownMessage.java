package dev.lifeboat.postgres;

import dev.lifeboat.kernel.ProblemCode;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Messages of PostgreSQL (LC_MESSAGES=C) whose meaning is known.
 *
 * <p>Source: PostgreSQL 15 to 18, src/backend/postmaster/postmaster.c, src/backend/libpq/auth.c,
 * src/backend/utils/init/postinit.c, src/interfaces/libpq/fe-connect.c, src/bin/pg_dump.
 */
enum KnownMessage {
    FULL(
            "No space left on device|Disk quota exceeded|could not extend file",
            ProblemCode.NO_SPACE,
            "Free space on that filesystem (see: df -h; what Lifeboat keeps: lifeboat restores list,"
                    + " lifeboat restores discard ID), then run the command again."),
    OLD_CLIENT(
            "server version mismatch|unsupported version \\(|incompatible server version|version"
                    + " mismatch",
            ProblemCode.VERSION_MISMATCH,
            "Install PostgreSQL's programs of the server's (or the dump's) major version or newer,"
                    + " or name their directory in LIFEBOAT_PG_BIN."),
    REFUSED(
            "authentication failed|no password supplied|no pg_hba\\.conf entry|pg_hba\\.conf"
                    + " rejects|certificate authentication",
            ProblemCode.CREDENTIALS_REFUSED,
            "Correct user and password in DATABASE_URL, or allow the connection in pg_hba.conf of"
                    + " the server."),
    NO_ROLE(
            "role \"[^\"]*\" does not exist|role \"[^\"]*\" is not permitted to log in",
            ProblemCode.CREDENTIALS_REFUSED,
            "Name an existing role that may log in, in DATABASE_URL."),
    NO_DATABASE(
            "database \"[^\"]*\" does not exist",
            ProblemCode.DATABASE_MISSING,
            "Correct the database's name in DATABASE_URL, or create it with: createdb NAME"),
    DENIED(
            "permission denied|must be superuser|must be owner|must be member|insufficient"
                    + " privilege",
            ProblemCode.ROLE_WITHOUT_RIGHTS,
            "Connect as a role with that right, or have it granted by a superuser."),
    IN_USE(
            "is being accessed by other users",
            ProblemCode.TARGET_IN_USE,
            "End the other sessions on that very server: psql -h HOST -p PORT -U USER -d postgres"
                    + " -c \"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = 'NAME' AND pid <> pg_backend_pid()\"; then run the command"
                    + " again."),
    LOCKED(
            "canceling statement due to lock timeout",
            ProblemCode.TABLE_LOCKED,
            "Another session holds a lock: see pg_stat_activity and pg_locks, wait until it has"
                    + " finished, then run the command again."),
    NOT_THERE(
            "Connection refused|could not translate host name|could not connect to server|"
                    + "No such file or directory\\s*Is the server running|timeout expired|"
                    + "Network is unreachable|No route to host|Connection timed out|"
                    + "the database system is (starting up|shutting down|in recovery mode|not yet)|"
                    + "server closed the connection|too many clients already|"
                    + "connection to server .* failed",
            ProblemCode.DATABASE_UNREACHABLE,
            "Check host and port in DATABASE_URL and that the server runs there: pg_isready -h HOST"
                    + " -p PORT");

    private final Pattern pattern;
    private final ProblemCode code;
    private final String remedy;

    KnownMessage(String pattern, ProblemCode code, String remedy) {
        this.pattern = Pattern.compile(pattern);
        this.code = code;
        this.remedy = remedy;
    }

    ProblemCode code() {
        return code;
    }

    String remedy() {
        return remedy;
    }

    /** The first of these that the text holds. */
    static Optional<KnownMessage> in(String text) {
        return Stream.of(values()).filter(each -> each.pattern.matcher(text).find()).findFirst();
    }
}
