package dev.lifeboat.wal.archive;

/** What becomes of copies that carry no HMAC. */
public enum WalTrust {
    /**
     * They are taken from an archive that holds none with an HMAC (as the runbook's {@code aws s3
     * cp} makes it), and refused by one that does.
     */
    AS_THE_ARCHIVE,
    /** They are taken: an operator said so, and the record of the restore must show it. */
    UNAUTHENTICATED_TOO
}
