package dev.lifeboat.restore.logical;

import java.util.List;

/**
 * The database that is meant, as it was when the restore was planned.
 *
 * @param uri a libpq URI without the password
 * @param confirmText {@code db@host:port}
 * @param serverVersion as {@code server_version_num}
 * @param oid of the database; 0 when there is none
 * @param contents some names of what is in it; none when it is empty or missing
 * @param owned whether the role may rename it
 * @param mayCreate whether the role may create databases
 */
public record LogicalTarget(
        String uri,
        String confirmText,
        String database,
        String user,
        String systemIdentifier,
        int serverVersion,
        long oid,
        List<String> contents,
        boolean owned,
        boolean mayCreate) {
    public LogicalTarget {
        contents = List.copyOf(contents);
    }

    public boolean absent() {
        return oid == 0;
    }

    /** Whether somebody made something in it. */
    public boolean filled() {
        return !contents.isEmpty();
    }

    /** The major version of the server, for example 15. */
    public int serverMajor() {
        return serverVersion / 10_000;
    }
}
