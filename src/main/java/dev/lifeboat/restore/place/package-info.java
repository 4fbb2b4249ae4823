/**
 * The base on its way into the new data directory. A <em>frame</em> is a stretch of a tar
 * <em>stream</em>; it is proven by its digests before the first byte of it is used, and unpacked
 * straight to where its files belong, so frames come in any order and several at once. {@code
 * global/pg_control} is <em>withheld</em> under another name until all else is in place: a data
 * directory without it cannot be started.
 *
 * <p>A directory is <em>claimed</em> by a marker file in it. What has no marker of this restore was
 * not made by it, and is neither written into nor removed.
 */
package dev.lifeboat.restore.place;
