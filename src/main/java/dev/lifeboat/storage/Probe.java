package dev.lifeboat.storage;

import dev.lifeboat.kernel.Problem;

import java.time.Duration;
import java.util.Optional;

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
        return list.ok() && read.ok();
    }

    /**
     * The outcome of one question.
     *
     * @param kind null when it went well
     * @param problem null when it went well
     */
    public record Check(StorageException.Kind kind, Problem problem) {
        private static final Check OK = new Check(null, null);

        public static Check passed() {
            return OK;
        }

        public static Check failed(StorageException failure) {
            return new Check(failure.kind(), failure.problem());
        }

        public boolean ok() {
            return problem == null;
        }
    }
}
