package dev.lifeboat.monitor;

/**
 * Room in the primary bucket of backups.
 *
 * @param totalBytes BACKUP_QUOTA_BYTES
 * @param usedBytes of all its current objects, whoever wrote them
 */
public record BucketRoom(String bucket, long totalBytes, long usedBytes) {
    public long freeBytes() {
        return Math.max(0, totalBytes - usedBytes);
    }
}
