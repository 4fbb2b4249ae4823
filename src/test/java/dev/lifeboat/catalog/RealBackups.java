package dev.lifeboat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.find.BaseNames;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.PlainCheck;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.pipeline.ObjectDecoder;
import dev.lifeboat.pipeline.StoredForm;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalExpectation;
import dev.lifeboat.wal.archive.WalTrust;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.NamesJson;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Backups whose objects are truly compressed and encrypted, small as they are. */
public final class RealBackups {
    private static final String NAMES =
            new String(
                    NamesJson.write(
                            new CatalogNames(
                                    "7380000000000000001", 15, Lsn.parse("0/100020"), List.of())),
                    StandardCharsets.UTF_8);

    private final TestBuckets buckets;
    private final KeyRing ring;
    private final Map<String, String> contents = new HashMap<>();

    public RealBackups(TestBuckets buckets, KeyRing ring) {
        this.buckets = buckets;
        this.ring = ring;
    }

    /** A full of this content, and of globals, in both regions. */
    public void full(String time, String content) throws Exception {
        Instant at = Instant.parse(time);
        String id = BackupKeys.id(BackupKind.FULL, "shop", at);
        String stem = TestBuckets.KEYS.stem(BackupKind.FULL, id, at);
        List<Manifest.StoredObject> objects =
                List.of(
                        object(stem + ".dump.enc", "dump", Compression.NONE, 0, content),
                        object(stem + ".globals.sql.enc", "globals", Compression.NONE, 0, "--"));
        store(BackupKind.FULL, id, at, objects, null, "none");
    }

    /** A base of these frames, with the names of relations beside them, in both regions. */
    public void base(String time, List<String> frames) throws Exception {
        Instant at = Instant.parse(time);
        String id = BackupKeys.id(BackupKind.BASE, "shop", at);
        List<Manifest.StoredObject> objects = new ArrayList<>();
        for (String frame : frames) {
            String key = TestBuckets.KEYS.frame(id, at, "base", objects.size());
            objects.add(object(key, "frame", Compression.ZSTD, objects.size(), frame));
        }
        String names = TestBuckets.KEYS.stem(BackupKind.BASE, id, at) + BackupKeys.NAMES_SUFFIX;
        objects.add(object(names, BaseNames.ROLE, Compression.ZSTD, 0, NAMES));
        var facts =
                new Manifest.BaseFacts(
                        1,
                        Lsn.parse("0/100028"),
                        Lsn.parse("0/100100"),
                        at,
                        at.plusSeconds(60),
                        "000000010000000000000001",
                        "000000010000000000000001",
                        1 << 20,
                        false,
                        List.of());
        store(BackupKind.BASE, id, at, objects, facts, "zstd");
    }

    private Manifest.StoredObject object(
            String key, String role, Compression compression, int number, String content)
            throws Exception {
        var stored = new ByteArrayOutputStream();
        EncodedDigests digests;
        try (var out =
                new EncodingOutput(
                        stored,
                        Encoding.encrypted(compression, ring.current()),
                        CancelToken.never(),
                        Progress.unwatched())) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
            digests = out.finish();
        }
        buckets.put(key, stored.toByteArray());
        contents.put(digests.plain().sha256(), content);
        return new Manifest.StoredObject(
                key,
                role,
                digests.plain().sizeBytes(),
                digests.plain().sha256(),
                digests.stored().sizeBytes(),
                digests.stored().sha256(),
                role.equals("frame") ? "base" : null,
                number,
                null);
    }

    private void store(
            BackupKind kind,
            String id,
            Instant at,
            List<Manifest.StoredObject> objects,
            Manifest.BaseFacts facts,
            String compression) {
        List<String> byHand =
                objects.stream()
                        .map(object -> object.key().substring(object.key().lastIndexOf('/') + 1))
                        .map(name -> "openssl enc -d -in " + name)
                        .toList();
        var manifest =
                new Manifest(
                        Manifest.FORMAT,
                        id,
                        kind,
                        "shop",
                        "7380000000000000001",
                        150_018,
                        at,
                        at.plusSeconds(60),
                        1,
                        1,
                        new Manifest.Encryption(
                                "aes-256-cbc",
                                "pbkdf2",
                                10_000,
                                ring.current().fingerprint().hex()),
                        compression,
                        objects,
                        facts,
                        new Manifest.ClusterFacts(
                                "UTF8", "libc", "C", Map.of(), Map.of(), Map.of()),
                        List.of(),
                        byHand,
                        new Manifest.Origin("host", "test"));
        buckets.put(
                TestBuckets.KEYS.manifest(kind, id, at),
                ManifestJson.write(manifest, ring.current()));
    }

    /** Every object of the manifest decrypts and unpacks to what was written. */
    public void requireContent(Manifest manifest, RegionPair regions, KeyRing keys)
            throws Exception {
        Compression compression =
                manifest.kind() == BackupKind.BASE ? Compression.ZSTD : Compression.NONE;
        for (Manifest.StoredObject object : manifest.objects()) {
            String content =
                    regions.read(
                            object.key(),
                            (region, body) -> {
                                StoredForm form =
                                        StoredForm.encrypted(
                                                        object.key(),
                                                        DecryptionKeys.certain(
                                                                keys.require(
                                                                        new KeyFingerprint(
                                                                                manifest.encryption()
                                                                                        .keyFingerprint()),
                                                                        object.key())),
                                                        compression)
                                                .checkedBy(PlainCheck.none())
                                                .expecting(
                                                        new EncodedDigests(
                                                                new ContentDigest(
                                                                        object.plainBytes(),
                                                                        object.plainSha256()),
                                                                new ContentDigest(
                                                                        object.storedBytes(),
                                                                        object.storedSha256())));
                                try (var in =
                                        ObjectDecoder.open(
                                                form,
                                                body,
                                                CancelToken.never(),
                                                Progress.unwatched())) {
                                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                                }
                            });
            assertThat(content).isEqualTo(contents.get(object.plainSha256()));
        }
    }

    /** The segment is served with these keys alone. */
    public void requireWal(String name, byte[] content, RegionPair regions, KeyRing keys)
            throws Exception {
        Fetched fetched =
                new RegionWalArchive(regions, keys, "", WalTrust.AS_THE_ARCHIVE)
                        .fetch(WalFileName.parse(name), WalExpectation.none());
        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.Found.class,
                        found -> assertThat(found.content()).isEqualTo(content));
    }
}
