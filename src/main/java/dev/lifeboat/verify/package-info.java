/**
 * Proof that a backup is good. A <em>level</em> says how much is proven; a <em>finding</em> is a
 * problem that was met on the way. <em>Listed</em> and <em>checksum</em> judge every region of the
 * choice on its own; <em>readable</em> proves that the backup can be read to its end from some
 * region, and reports every bad copy it met. What was proven of an object is remembered, so that
 * the next run reads only what is new.
 */
package dev.lifeboat.verify;
