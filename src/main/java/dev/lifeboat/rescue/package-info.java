/**
 * Brings rows and tables back from a restored copy into the live database, which is never rolled
 * back. The <em>copy</em> is a restore that is paused or promoted; the <em>live</em> database is
 * the one the backups are of.
 */
package dev.lifeboat.rescue;
