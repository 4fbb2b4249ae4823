package dev.lifeboat.storage;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

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
