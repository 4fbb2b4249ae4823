/**
 * The proof that a restored database is of use: it lets somebody in, its tables are there with rows
 * in them, and the operator's own queries answer as expected. A <em>proof</em> is a list of
 * <em>findings</em>, each with what was measured and what was expected. It changes nothing in the
 * database, and any kind of restore may ask for one.
 */
package dev.lifeboat.restore.proof;
