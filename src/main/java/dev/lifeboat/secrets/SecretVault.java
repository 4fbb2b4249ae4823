package dev.lifeboat.secrets;

import dev.lifeboat.kernel.RecoveryException;

/** A service that keeps secrets under names, such as AWS Secrets Manager. */
@FunctionalInterface
public interface SecretVault {
    /**
     * Fetches the current value of a secret, byte for byte.
     *
     * @return the value; the caller closes it
     * @throws RecoveryException {@code KEY_MISSING} when there is no such secret, {@code
     *     KEY_SOURCE_UNREACHABLE} when the service does not answer, {@code CREDENTIALS_...} and
     *     {@code ACCESS_DENIED} when it refuses
     */
    Secret fetch(String name) throws RecoveryException;
}
