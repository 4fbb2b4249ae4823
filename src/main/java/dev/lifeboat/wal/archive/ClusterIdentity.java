package dev.lifeboat.wal.archive;

/**
 * Which cluster WAL or a base is of.
 *
 * @param systemIdentifier as PostgreSQL prints it
 * @param majorVersion for example 15
 */
public record ClusterIdentity(String systemIdentifier, int majorVersion) {
    /** For a problem's text. */
    @Override
    public String toString() {
        return "the PostgreSQL " + majorVersion + " cluster " + systemIdentifier;
    }
}
