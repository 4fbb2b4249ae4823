/**
 * Finds in the log the transactions that hurt: what was dropped, truncated, deleted, overwritten.
 *
 * <p>A {@link dev.lifeboat.wal.find.TransactionFollower} reads the log in order and judges each
 * transaction at its commit. The <em>name book</em> turns file numbers into names: it begins with
 * what a server said of its catalogs and follows their rows through the log. What cannot be named
 * is shown by its numbers.
 */
package dev.lifeboat.wal.find;
