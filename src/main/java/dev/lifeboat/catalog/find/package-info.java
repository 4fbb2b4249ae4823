/**
 * Finds transactions in the archive's WAL: {@link dev.lifeboat.catalog.find.TransactionFinder}
 * reads it base by base. A <em>stretch</em> is the WAL from one base on until the next one ends;
 * the names that lie beside the base name what happened in it.
 */
package dev.lifeboat.catalog.find;
