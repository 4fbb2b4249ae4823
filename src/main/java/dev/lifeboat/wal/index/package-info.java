/**
 * What is known of archived segments without reading them again: the <em>index</em>. It holds one
 * <em>entry</em> for each segment: its records, its first and last commit, how many transactions
 * ended in each second, and <em>notes</em> of what is rare and may have hurt. A <em>block</em> is
 * the entries of 65,536 consecutive segments of one timeline, in one file or object.
 *
 * <p>An index only tells. It is a cache that anybody may rebuild from the segments; each entry
 * carries the <em>identity</em> of the object it was made from, and is not believed when the
 * archive holds another one. Where replay ends is always decided from the WAL itself.
 */
package dev.lifeboat.wal.index;
