package dev.lifeboat.storage;

import java.time.Instant;

/** An upload in parts that was begun and not ended. It costs storage until it is aborted. */
public record PendingUpload(String key, String uploadId, Instant startedAt) {}
