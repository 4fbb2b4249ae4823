/**
 * The byte path between what the user has and what lies in the bucket, in bounded memory.
 *
 * <p><em>Encoding</em> is compressing, then encrypting; <em>plain</em> content becomes
 * <em>stored</em> content, and both get a digest on the way. <em>Decoding</em> undoes it and checks
 * each step. A <em>frame</em> is a part of a plain stream, of a fixed size, encoded on its own. A
 * <em>slice</em> is a range of one stored object that is fetched and decrypted beside others.
 *
 * <p>Memory is bounded by jobs x buffer, never by the size of an object. Streams for writing leave
 * their target to its owner and end only by {@code finish()}; streams for reading close their
 * source, and what they gave is proven whole by their end alone.
 */
package dev.lifeboat.pipeline;
