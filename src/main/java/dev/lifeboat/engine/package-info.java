/**
 * Puts the services together from settings: the buckets as region pairs, the keys, the archive.
 * Command line, window and sandbox all work with an {@link dev.lifeboat.engine.Engine}, so that all
 * of them see the same thing.
 */
package dev.lifeboat.engine;
