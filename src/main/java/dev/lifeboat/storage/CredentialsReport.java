package dev.lifeboat.storage;

import java.time.Instant;
import java.util.Optional;

/**
 * Which credentials are in use, without the secret ones.
 *
 * @param source which link of the chain gave them, for example {@code profile prod-ro}
 * @param accessKeyId abbreviated
 * @param expiresAt empty when they do not expire, or when their source does not say
 */
public record CredentialsReport(String source, String accessKeyId, Optional<Instant> expiresAt) {}
