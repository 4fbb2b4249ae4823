package dev.lifeboat.kernel;

/**
 * Every kind of trouble Lifeboat names, with the exit code of the command that ends with it. The
 * table is published in {@code docs/exit-codes.md}; a program may rely on the names and on the
 * codes.
 */
public enum ProblemCode {
    UNEXPECTED(1),
    BACKUP_FAILED(1),
    RESTORE_FAILED(1),
    PROGRAM_FAILED(1),
    PROGRAM_MISSING(1),
    SERVER_FAILED(1),
    VERSION_MISMATCH(1),
    DATABASE_UNREACHABLE(1),
    DATABASE_ERROR(1),
    DATABASE_MISSING(1),
    ROLE_WITHOUT_RIGHTS(1),
    ROLE_MISSING(1),
    HOST_FAILURE(1),
    NO_SPACE(1),
    JOURNAL_DAMAGED(1),
    JOB_UNKNOWN(1),
    JOB_BUSY(1),
    ADVANCE_IMPOSSIBLE(1),
    ARCHIVING_BROKEN(1),
    END_NOT_REACHED(1),
    ENVIRONMENT_FAILED(1),
    NOTIFICATION_FAILED(1),

    USAGE(2),
    SETTING_MISSING(2),
    SETTING_INVALID(2),
    TIME_UNREADABLE(2),

    CHECK_FAILED(3),
    OBJECT_DAMAGED(3),
    OBJECT_TRUNCATED(3),
    OBJECT_CHANGED(3),
    PADDING_WRONG(3),
    MANIFEST_DAMAGED(3),
    MANIFEST_UNTRUSTED(3),
    MANIFEST_TOO_NEW(3),
    WAL_DAMAGED(3),
    CLOCK_SKEWED(3),
    NOT_RECOVERED(3),

    NO_BASE(4),
    NO_BACKUP(4),
    BACKUP_UNKNOWN(4),
    BACKUP_INCOMPLETE(4),
    TARGET_BEFORE_BASE(4),
    TARGET_AFTER_END(4),
    TARGET_IN_GAP(4),
    TARGET_UNKNOWN(4),
    TARGET_AMBIGUOUS(4),
    TARGET_PASSED(4),
    TARGET_OTHER_TIMELINE(4),
    WAL_ABSENT(4),
    TABLE_UNKNOWN(4),

    CONFIRMATION_NEEDED(5),
    TARGET_NOT_EMPTY(5),
    TARGET_IN_USE(5),
    TARGET_NOT_WRITABLE(5),
    TABLESPACE_TAKEN(5),
    PORT_TAKEN(5),
    OLD_SERVER_LIVES(5),
    SYSTEM_IDENTIFIER_FOREIGN(5),
    SETTINGS_CONTRADICT(5),
    PLAN_OUTDATED(5),
    CHECKLIST_BLOCKED(5),
    SCRIPT_REFUSED(5),
    WAL_CONFLICT(5),
    WAL_UNAUTHENTICATED(5),
    OBJECT_EXISTS(5),
    RETENTION_STOPPED(5),
    LEASE_HELD(5),
    TABLE_WITHOUT_KEY(5),
    TABLE_LOCKED(5),
    TABLES_DIFFER(5),

    KEY_MISSING(6),
    KEY_WRONG(6),
    KEY_SOURCE_UNREACHABLE(6),
    CREDENTIALS_MISSING(6),
    CREDENTIALS_EXPIRED(6),
    CREDENTIALS_REFUSED(6),
    ACCESS_DENIED(6),

    STORAGE_UNREACHABLE(7),
    BUCKET_MISSING(7),
    BUCKET_REGION_WRONG(7),
    STORAGE_THROTTLED(7),
    OBJECT_MISSING(7),
    OBJECT_ARCHIVED(7),
    STORAGE_FAILED(7),

    CANCELLED(8),
    INTERRUPTED(8),
    LEASE_LOST(8);

    private final int exitCode;

    ProblemCode(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The status a command ends with when this is what stopped it. */
    public int exitCode() {
        return exitCode;
    }
}
