/**
 * Backups of a cluster's configuration files as they lie in the buckets: one tar of a few small
 * files, compressed and encrypted as everything else. Read here, compared here; taken in {@code
 * backup}.
 */
package dev.lifeboat.catalog.configuration;
