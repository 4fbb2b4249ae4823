/**
 * The catalog screen: every backup of both regions in one tree. A <em>row</em> is what the table
 * shows of a backup, and what the <em>cache</em> keeps of it, so that there is something to read
 * before the buckets have answered. A <em>group</em> stands above rows that belong together, and
 * tells the <em>tally</em> of them. A <em>standing</em> is the worst that is known of a backup.
 * Nothing on this screen deletes.
 */
package dev.lifeboat.ui.catalog;
