package dev.lifeboat.wal.archive;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.WalObjectMac;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.wal.WalFileName;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What travels with an archived WAL file as object metadata.
 *
 * @param systemIdentifier the cluster's, in decimal
 * @param mac over the file's name, the cluster and the plain digest
 */
record WalObjectMetadata(
        EncodedDigests digests, KeyFingerprint key, String systemIdentifier, String mac) {
    static final String PLAIN_SHA256 = "plain-sha256";
    static final String PLAIN_BYTES = "plain-bytes";
    static final String STORED_SHA256 = "stored-sha256";
    static final String STORED_BYTES = "stored-bytes";
    static final String KEY = "key-fingerprint";
    static final String SYSTEM = "system-identifier";
    static final String MAC = "hmac";

    static WalObjectMetadata sign(
            EncryptionKey key, WalFileName file, String systemIdentifier, EncodedDigests digests) {
        return sign(key, file.name(), systemIdentifier, digests);
    }

    /**
     * @param file what the HMAC says the content is
     */
    static WalObjectMetadata sign(
            EncryptionKey key, String file, String systemIdentifier, EncodedDigests digests) {
        return new WalObjectMetadata(
                digests,
                key.fingerprint(),
                systemIdentifier,
                WalObjectMac.sign(key, file, systemIdentifier, digests.plain()));
    }

    Map<String, String> toMap() {
        var map = new TreeMap<String, String>();
        map.put(PLAIN_SHA256, digests.plain().sha256());
        map.put(PLAIN_BYTES, Long.toString(digests.plain().sizeBytes()));
        map.put(STORED_SHA256, digests.stored().sha256());
        map.put(STORED_BYTES, Long.toString(digests.stored().sizeBytes()));
        map.put(KEY, key.hex());
        map.put(SYSTEM, systemIdentifier);
        map.put(MAC, mac);
        return map;
    }

    /** Whether an object claims to be authenticated; a claim that does not hold is a refusal. */
    static boolean claimed(Map<String, String> metadata) {
        return metadata.containsKey(MAC);
    }

    /**
     * Reads what travelled with an object and checks its HMAC, so that digests and cluster can be
     * relied on.
     *
     * @param name what the object is, to begin a sentence with
     * @return empty when it carries no HMAC
     * @throws RecoveryException KEY_WRONG when the key it names is not known, OBJECT_DAMAGED when
     *     its HMAC does not hold
     */
    static Optional<WalObjectMetadata> verified(
            String name, WalFileName file, Map<String, String> metadata, KeyRing keys)
            throws RecoveryException {
        return verified(name, file.name(), metadata, keys);
    }

    /** The same for what has no name of PostgreSQL's. */
    static Optional<WalObjectMetadata> verified(
            String name, String file, Map<String, String> metadata, KeyRing keys)
            throws RecoveryException {
        if (!claimed(metadata)) {
            return Optional.empty();
        }
        WalObjectMetadata told = parse(name, metadata);
        EncryptionKey key = keys.require(told.key, name);
        if (!WalObjectMac.matches(
                key, file, told.systemIdentifier, told.digests.plain(), told.mac)) {
            throw untrusted(name, "Its HMAC is not that of " + file + " and its digest.");
        }
        return Optional.of(told);
    }

    private static WalObjectMetadata parse(String name, Map<String, String> metadata)
            throws RecoveryException {
        try {
            return new WalObjectMetadata(
                    new EncodedDigests(
                            digest(metadata, PLAIN_BYTES, PLAIN_SHA256),
                            digest(metadata, STORED_BYTES, STORED_SHA256)),
                    new KeyFingerprint(metadata.getOrDefault(KEY, "")),
                    metadata.getOrDefault(SYSTEM, ""),
                    metadata.get(MAC));
        } catch (IllegalArgumentException unreadable) {
            throw untrusted(name, "Its metadata lacks a digest, a size or the key.");
        }
    }

    private static ContentDigest digest(Map<String, String> metadata, String bytes, String sha256) {
        return new ContentDigest(
                Long.parseLong(metadata.getOrDefault(bytes, "")),
                metadata.getOrDefault(sha256, ""));
    }

    private static RecoveryException untrusted(String name, String why) {
        return new RecoveryException(
                ProblemCode.OBJECT_DAMAGED,
                name + " cannot be trusted.",
                why,
                "Take the copy of the other region; this one was altered, or put under another"
                        + " name.");
    }
}
