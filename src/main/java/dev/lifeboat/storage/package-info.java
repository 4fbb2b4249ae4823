/**
 * Objects under keys, wherever they lie.
 *
 * <p>A <b>store</b> ({@link dev.lifeboat.storage.ObjectStore}) is one bucket: in S3 ({@code
 * storage.s3}), in a folder ({@code storage.folder}), in memory ({@code storage.memory}).
 * <b>Decorators</b> are stores around a store: retry, limits, metrics, faults. One contract suite,
 * {@code ObjectStoreContract}, holds for all of them.
 *
 * <p>A <b>region</b> is a store with a role, <b>primary</b> or <b>dr</b>; a {@link
 * dev.lifeboat.storage.RegionPair} makes both one archive with a choice per object.
 *
 * <p>The word <b>absent</b> is kept for what a store proved. "Could not know" is an exception, in
 * every method of every class here, because a recovering server takes absence for the end of its
 * archive.
 */
package dev.lifeboat.storage;
