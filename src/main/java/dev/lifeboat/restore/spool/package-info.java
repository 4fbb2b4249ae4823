/**
 * WAL on its way to the recovering server. The <em>spool</em> is a folder on the file system of the
 * new data directory. The <em>filler</em> puts checked segments into it ahead of replay; the
 * server's {@code restore_command}, a few lines of shell, moves them into place, or waits for the
 * filler while its <em>heartbeat</em> goes on. Each start of the server has a <em>run</em> of the
 * spool of its own, so that a command left over from an earlier start finds nothing.
 *
 * <p>Three answers exist. <em>Served</em>: the file is in place. <em>Not needed</em>: the plan does
 * not name the file, or the server has it. <em>Could not know</em>: everything else, a crash
 * included; it stops the server, and the restore can be resumed.
 *
 * <p>Source: PostgreSQL documentation, 20.5.4 "Archive Recovery", {@code restore_command}; {@code
 * src/backend/access/transam/xlogarchive.c}, RestoreArchivedFile.
 */
package dev.lifeboat.restore.spool;
