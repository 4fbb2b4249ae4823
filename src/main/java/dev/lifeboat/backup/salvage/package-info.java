/**
 * The last WAL of a server that is gone: what its {@code pg_wal} still holds and the archive lacks.
 * <i>Left</i> is what lies there, <i>whole</i> a segment that was filled to its end, the
 * <i>tail</i> the segment that the server was writing when it died.
 */
package dev.lifeboat.backup.salvage;
