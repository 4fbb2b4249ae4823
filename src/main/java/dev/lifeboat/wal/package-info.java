/**
 * The write-ahead log of PostgreSQL 15 to 18: its file names, its timelines, its records.
 *
 * <p>A <em>segment</em> is one file of the log on one <em>timeline</em>. A timeline that forked
 * from another has a <em>history</em> file with the switch points of all its ancestors. A backup
 * leaves a <em>backup history</em> file beside the segments and a <em>label</em> in the base. In
 * the archive each of these files lies in one of several <em>forms</em> (compressed, encrypted).
 *
 * <p>PostgreSQL's source files are cited as {@code Source:} by their path in its repository.
 */
package dev.lifeboat.wal;
