package dev.lifeboat.catalog;

import java.time.Instant;

/** When a backup was last verified, at which level, with what result. */
public record Verification(VerifyLevel level, Instant at, boolean ok) {}
