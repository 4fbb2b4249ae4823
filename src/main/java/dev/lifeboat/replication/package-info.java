/**
 * Keeps the two regions one archive. A <em>difference</em> is an object that is not the same in
 * both; what decides which copy is good is never a region or a time, but what the object must be:
 * its digest in an authenticated manifest, the HMAC that travels with a WAL file, the manifest's
 * own HMAC. Where nothing decides there is a <em>conflict</em>, and it stays. A copy is proven
 * before it is taken to the other region, so that damage does not spread.
 */
package dev.lifeboat.replication;
