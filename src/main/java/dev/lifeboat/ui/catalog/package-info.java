/**
 * The catalog screen: every backup of both regions in one table. A <em>row</em> is what the table
 * shows of a backup, and what the <em>cache</em> keeps of it, so that there is something to read
 * before the buckets have answered. Nothing on this screen deletes.
 */
package dev.lifeboat.ui.catalog;
