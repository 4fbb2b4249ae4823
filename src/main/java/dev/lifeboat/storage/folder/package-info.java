/**
 * Objects as plain files below a folder, readable by any tool: the key is the path.
 *
 * <p>The folder {@code .lifeboat} beside them is no object. It marks the folder as a store (a disk
 * that is not mounted must not look like an empty bucket) and holds {@code tmp} (files being
 * written), {@code uploads} (parts) and {@code meta}: for each object a <b>sidecar</b> with ETag,
 * storage class and metadata, named by the size and time of the file it belongs to, so that it is
 * in place before its object and never taken for that of another content. A file that was put there
 * by hand is an object without metadata.
 */
package dev.lifeboat.storage.folder;
