/**
 * What there is to recover from. A <em>backup</em> is a logical full (a dump), a physical base or a
 * set of configuration files; its <em>manifest</em> says what it holds, byte for byte, and is
 * written last, so that a backup without one is not finished. The <em>catalog</em> is read from the
 * buckets alone and merges both regions; nothing it shows lives anywhere else. How the bytes lie in
 * S3 is told in {@code docs/format.md}.
 */
package dev.lifeboat.catalog;
