/**
 * Keys, the one cipher, digests and authentication. An {@link dev.lifeboat.crypto.EncryptionKey} is
 * the passphrase of BACKUP_ENCRYPTION_KEY; its {@link dev.lifeboat.crypto.KeyFingerprint} names it
 * without giving it away; a {@link dev.lifeboat.crypto.KeyRing} holds the keys known now. {@link
 * dev.lifeboat.crypto.OpensslCipher} writes and reads what {@code openssl enc -aes-256-cbc -pbkdf2
 * -salt} does, byte for byte. CBC authenticates nothing: {@link dev.lifeboat.crypto.ContentDigest}
 * and the two MACs do.
 *
 * <p><em>Plain</em> is what the user wrote, <em>stored</em> what lies in the bucket.
 */
package dev.lifeboat.crypto;
