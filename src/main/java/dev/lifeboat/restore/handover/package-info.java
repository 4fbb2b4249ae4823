/**
 * Makes a restored server the database. The <em>old server</em> is fenced first: nobody reaches it,
 * or a person answers for that. Then the restored one gets a timeline that no region knows, its own
 * settings instead of the managed ones, and, if wanted, an archive that is proven to take its WAL.
 * The <em>world</em> is what lies outside the restored copy.
 */
package dev.lifeboat.restore.handover;
