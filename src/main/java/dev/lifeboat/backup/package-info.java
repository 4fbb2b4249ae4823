/**
 * Taking backups. A <em>full</em> is a dump of one database with the cluster's globals beside it; a
 * <em>base</em> is a physical copy of the cluster, cut into <em>frames</em> that are compressed and
 * encrypted one by one. The manifest is written last: what has none is no backup, and a backup that
 * fails removes what it wrote.
 */
package dev.lifeboat.backup;
