package dev.lifeboat.storage;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;

/** A store did not do what it was asked for; the kind says what is known about it. */
public final class StorageException extends RecoveryException {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    public StorageException(Kind kind, String what, String why, String remedy) {
        this(kind, what, why, remedy, null);
    }

    public StorageException(Kind kind, String what, String why, String remedy, Throwable cause) {
        super(kind.code, what, why, remedy, cause);
        this.kind = kind;
    }

    private StorageException(Kind kind, Problem problem, Throwable cause) {
        super(problem, cause);
        this.kind = kind;
    }

    /** The store proved that it has no such object. */
    public static StorageException absent(String store, String key) {
        return new StorageException(
                Kind.ABSENT,
                "There is no object '" + key + "' in " + store + ".",
                "The store answered that it does not exist.",
                "Look at what there is with: lifeboat catalog");
    }

    /** The key is taken, and it was asked not to replace it. */
    public static StorageException exists(String store, String key) {
        return new StorageException(
                Kind.EXISTS,
                "'" + key + "' in " + store + " was not written.",
                "An object is there already, and it must not be replaced.",
                "Compare the two; remove or rename the one that is wrong.");
    }

    /** The object is not the one it was. */
    public static StorageException changed(String store, String key, String expectedEtag) {
        return new StorageException(
                Kind.CHANGED,
                "'" + key + "' in " + store + " was replaced while it was in use.",
                "Its ETag is no longer " + expectedEtag + ".",
                "Find out who writes there, then start again.");
    }

    /** The object ends before the range begins. */
    public static StorageException range(String store, String key, ByteRange range) {
        return new StorageException(
                Kind.RANGE,
                "'" + key + "' in " + store + " is shorter than expected.",
                "It ends before the range that was asked for (" + range + ") begins.",
                "Verify the object with: lifeboat verify --level listed");
    }

    /** The body ended before its promised length. */
    public static StorageException truncated(
            String store, String key, long gotBytes, long promisedBytes, Throwable cause) {
        return new StorageException(
                Kind.TRUNCATED,
                "The bytes of '" + key + "' from " + store + " ended early.",
                "The connection ended after " + gotBytes + " of " + promisedBytes + " bytes.",
                "Try again; if it stays so, look at the network and at the storage service.",
                cause);
    }

    /** It must be thawed before it can be read. */
    public static StorageException archived(String store, String key) {
        return new StorageException(
                Kind.ARCHIVED,
                "'" + key + "' in " + store + " cannot be read yet.",
                "It lies in an archive storage class and no readable copy is there.",
                "Ask it back first: a restore plan has a step for that.");
    }

    /** The upload in parts was ended by somebody else. */
    public static StorageException uploadGone(String store, String key) {
        return new StorageException(
                Kind.UPLOAD_GONE,
                "The upload of '" + key + "' to " + store + " is gone.",
                "Somebody else completed or aborted it, or a lifecycle rule did.",
                "Start it again.");
    }

    /** A part other than the last one is below {@link MultipartUpload#MIN_PART_BYTES}. */
    public static StorageException partTooSmall(String store, String key) {
        return new StorageException(
                Kind.OTHER,
                "The upload of '" + key + "' to " + store + " was refused.",
                "A part that is not the last one is smaller than 5 MiB.",
                "Upload it again with larger parts.");
    }

    /**
     * What broke a transfer: the problem the exception carries, else one that says that the bytes
     * could not be taken from this store or given on.
     */
    public static RecoveryException in(IOException broken, String key, ObjectStore store) {
        return unreadable(store.name(), key, broken);
    }

    /** The same, for a store known by its name. */
    public static RecoveryException unreadable(String store, String key, IOException broken) {
        try {
            return StreamException.unwrap(broken);
        } catch (IOException carriesNone) {
            return new StorageException(
                    Kind.OTHER,
                    "The bytes of '" + key + "' in " + store + " could not be passed on.",
                    "The stream broke: " + carriesNone.getMessage() + ".",
                    "Look for the cause on this machine, then do it again.",
                    carriesNone);
        }
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may succeed a little later. */
    public boolean isTransient() {
        return kind.passing;
    }

    /** The same failure, its cause followed by what was tried against it. */
    StorageException andTried(String sentence) {
        Problem problem = problem();
        return new StorageException(
                kind,
                new Problem(
                        problem.code(),
                        problem.what(),
                        problem.why() + " " + sentence,
                        problem.remedy()),
                this);
    }

    /** What is known about a failure. */
    public enum Kind {
        /** The store proved that it has no such object. */
        ABSENT(ProblemCode.OBJECT_MISSING, false),
        /** The key is taken, and it was asked not to replace it. */
        EXISTS(ProblemCode.OBJECT_EXISTS, false),
        /** There is no such bucket: nothing is known about its objects. */
        BUCKET_MISSING(ProblemCode.BUCKET_MISSING, false),
        /** The credentials are good and lack the right. */
        ACCESS_DENIED(ProblemCode.ACCESS_DENIED, false),
        CREDENTIALS_MISSING(ProblemCode.CREDENTIALS_MISSING, false),
        CREDENTIALS_EXPIRED(ProblemCode.CREDENTIALS_EXPIRED, false),
        /** An unknown access key, or a secret that is not its own. */
        CREDENTIALS_REFUSED(ProblemCode.CREDENTIALS_REFUSED, false),
        /** Too many requests, or a conflict with another one that passes. */
        THROTTLED(ProblemCode.STORAGE_THROTTLED, true),
        /** No answer, or none that the service itself stands behind: network, time-out, 5xx. */
        UNREACHABLE(ProblemCode.STORAGE_UNREACHABLE, true),
        /** The body ended before its promised length. */
        TRUNCATED(ProblemCode.OBJECT_TRUNCATED, true),
        /** The object ends before the range that was asked for begins. */
        RANGE(ProblemCode.OBJECT_TRUNCATED, false),
        /** The object is not the one it was. */
        CHANGED(ProblemCode.OBJECT_CHANGED, false),
        CLOCK_SKEWED(ProblemCode.CLOCK_SKEWED, false),
        WRONG_REGION(ProblemCode.BUCKET_REGION_WRONG, false),
        /** It must be thawed before it can be read. */
        ARCHIVED(ProblemCode.OBJECT_ARCHIVED, false),
        /** The upload in parts was completed or aborted by somebody else. */
        UPLOAD_GONE(ProblemCode.STORAGE_FAILED, false),
        OTHER(ProblemCode.STORAGE_FAILED, false);

        private final ProblemCode code;
        private final boolean passing;

        Kind(ProblemCode code, boolean passing) {
            this.code = code;
            this.passing = passing;
        }
    }
}
