package dev.lifeboat.storage;

import dev.lifeboat.kernel.Problem;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a store answered when it was asked what can be done there.
 *
 * @param store its {@link ObjectStore#name()}
 * @param list whether its keys can be listed
 * @param read whether an object can be read
 * @param clockSkew the store's clock minus ours, to the second; empty when it told no time
 * @param credentials who asked, without secrets: which source gave the credentials and until when
 *     they are good; empty where there are none
 */
public record Probe(
        String store,
        Check list,
        Check read,
        Optional<Duration> clockSkew,
        Optional<CredentialsReport> credentials) {
    /** S3 refuses requests whose clock is off by more; less is worth a warning. */
    public static final Duration SKEW_LIMIT = Duration.ofMinutes(15);

    /** Whether objects can be listed and read. */
    public boolean isUsable() {
        return list.state() == Check.State.PASSED && read.state() == Check.State.PASSED;
    }

    /** What went wrong and may pass; empty when nothing did. */
    Optional<StorageException> passing() {
        return Stream.of(list, read)
                .map(Check::failure)
                .filter(failure -> failure != null && failure.isTransient())
                .findFirst();
    }

    /**
     * The answer to one question.
     *
     * @param failure null unless it failed
     */
    public record Check(State state, StorageException failure) {
        private static final Check PASSED = new Check(State.PASSED, null);
        private static final Check UNKNOWN = new Check(State.UNKNOWN, null);

        /** What is known. */
        public enum State {
            PASSED,
            FAILED,
            /** It cannot be found out without the other right. */
            UNKNOWN
        }

        public static Check passed() {
            return PASSED;
        }

        public static Check failed(StorageException failure) {
            return new Check(State.FAILED, failure);
        }

        public static Check unknown() {
            return UNKNOWN;
        }

        /** Null unless it failed. */
        public StorageException.Kind kind() {
            return failure == null ? null : failure.kind();
        }

        /** Null unless it failed. */
        public Problem problem() {
            return failure == null ? null : failure.problem();
        }
    }
}
