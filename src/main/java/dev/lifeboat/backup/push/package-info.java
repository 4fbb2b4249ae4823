/**
 * Archiving from the server's side: what {@code archive_command} calls.
 *
 * <p>Starting a virtual machine for each segment would be too slow, so the first {@code wal push}
 * leaves a <em>resident</em> behind, one for a data directory. It pushes every segment that the
 * server has marked <em>ready</em>, several at once and ahead of being asked, and writes a
 * <em>marker</em> for each one that is durable. The launcher's shell script answers from the marker
 * alone; a virtual machine starts only where there is none.
 *
 * <p>A marker says which file was pushed (size, inode, modification time) and under which settings
 * (the <em>stamp</em>, which the launcher makes); it counts only while both are the same.
 */
package dev.lifeboat.backup.push;
