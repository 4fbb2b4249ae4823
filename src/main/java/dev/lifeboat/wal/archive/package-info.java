/**
 * The WAL archive in S3, both regions of a plan read as one.
 *
 * <p>A file is archived in a <em>form</em> ({@link dev.lifeboat.wal.ArchivedForm}); a <em>copy</em>
 * is one form of it in one region. A copy is <em>authenticated</em> when its metadata carries an
 * HMAC that holds. Copies of one file that differ are a <em>conflict</em> and never a choice.
 * Fetching ends in one of three answers: found, absent (proven in every region), or unknown.
 *
 * <p>A <em>pushed</em> file is durable in S3. A <em>stranger</em> is a file of another cluster than
 * the one whose backups lie under the same prefix.
 */
package dev.lifeboat.wal.archive;
