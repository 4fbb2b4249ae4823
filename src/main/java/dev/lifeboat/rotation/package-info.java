/**
 * Changes the key that what is stored is encrypted under. A backup gets new objects beside its old
 * ones, under names that carry the key's fingerprint; its manifest, put in one step, then names
 * them; the old ones go last. So at any instant, in each region, a manifest names objects that are
 * there. A WAL file is replaced in one step, by the same content under the new key.
 */
package dev.lifeboat.rotation;
