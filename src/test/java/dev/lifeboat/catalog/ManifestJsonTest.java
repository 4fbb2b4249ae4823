package dev.lifeboat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class ManifestJsonTest {
    private static final KeyRing KEYS = ring("correct horse");

    @Test
    void givesBackWhatWasWritten() throws RecoveryException {
        Manifest manifest = base(KEYS);

        Manifest read = ManifestJson.read(write(manifest), "k").verify(KEYS);

        assertThat(read).isEqualTo(manifest);
    }

    @Test
    void writesEnumsTimesAndPositionsAsTheDocumentsSay() {
        assertThat(text(write(base(KEYS))))
                .contains("\"kind\" : \"base\"")
                .contains("\"startedAt\" : \"2026-04-07T02:00:00Z\"")
                .contains("\"stopLsn\" : \"0/3000138\"");
    }

    @Test
    void keepsFieldsItDoesNotKnowUnderTheHmac() throws RecoveryException {
        String document = text(write(base(KEYS)));
        String withMore = document.replaceFirst("\\{", "{ \"colour\" : \"blue\",");

        var read = ManifestJson.read(bytes(withMore), "k");

        assertThat(read.manifest().id()).isEqualTo("shop_base_20260407_020000");
        refused(ProblemCode.MANIFEST_UNTRUSTED, () -> read.verify(KEYS));
    }

    @Test
    void refusesAnAlteredValue() throws RecoveryException {
        String altered = text(write(base(KEYS))).replace("0/3000138", "0/3000139");

        var read = ManifestJson.read(bytes(altered), "k");

        refused(ProblemCode.MANIFEST_UNTRUSTED, () -> read.verify(KEYS));
    }

    @Test
    void refusesAMissingHmac() throws RecoveryException {
        String without = text(write(base(KEYS))).replaceFirst(",\\s*\"hmac\" : \"[0-9a-f]+\"", "");

        var read = ManifestJson.read(bytes(without), "k");

        assertThat(read.mac()).isEmpty();
        refused(ProblemCode.MANIFEST_UNTRUSTED, () -> read.verify(KEYS));
    }

    @Test
    void namesAKeyThatIsNotKnown() throws RecoveryException {
        var read = ManifestJson.read(write(base(KEYS)), "k");

        refused(ProblemCode.KEY_WRONG, () -> read.verify(ring("another")));
    }

    @Test
    void whiteSpaceIsNotPartOfTheDocument() throws RecoveryException {
        String squeezed = text(write(base(KEYS))).replaceAll("\\s*\n\\s*", "");

        assertThat(ManifestJson.read(bytes(squeezed), "k").verify(KEYS)).isEqualTo(base(KEYS));
    }

    @Test
    void refusesAnotherMajorVersionAndReadsANewerMinorOne() throws RecoveryException {
        String document = text(write(base(KEYS)));
        byte[] newer = bytes(document.replace("\"1.0\"", "\"2.0\""));
        byte[] minor = bytes(document.replace("\"1.0\"", "\"1.7\""));

        refused(ProblemCode.MANIFEST_TOO_NEW, () -> ManifestJson.read(newer, "k"));
        assertThat(ManifestJson.read(minor, "k").manifest().formatVersion()).isEqualTo("1.7");
    }

    @Test
    void refusesWhatIsNoManifest() {
        String document = text(write(base(KEYS)));
        for (String damaged :
                List.of(
                        "",
                        "[]",
                        "nothing",
                        "{}",
                        document.substring(0, document.length() / 2),
                        document + "{}",
                        document.replace("\"base\"", "\"basis\""),
                        document.replaceFirst("\\{", "{ \"id\" : \"other\","))) {
            refused(ProblemCode.MANIFEST_DAMAGED, () -> ManifestJson.read(bytes(damaged), "k"));
        }
    }

    private static Manifest base(KeyRing keys) {
        Instant at = Instant.parse("2026-04-07T02:00:00Z");
        return new Manifest(
                Manifest.FORMAT,
                "shop_base_20260407_020000",
                BackupKind.BASE,
                "shop",
                "7380000000000000001",
                150018,
                at,
                at.plusSeconds(9),
                100,
                50,
                new Manifest.Encryption(
                        "aes-256-cbc",
                        "pbkdf2-hmac-sha256",
                        10_000,
                        keys.current().fingerprint().hex()),
                "zstd",
                List.of(
                        new Manifest.StoredObject(
                                "backups/base/x",
                                "frame",
                                100,
                                "ab",
                                50,
                                "cd",
                                "base",
                                0,
                                new Manifest.Continuation("base/1/1259", 4096, 12288))),
                new Manifest.BaseFacts(
                        1,
                        Lsn.parse("0/3000028"),
                        Lsn.parse("0/3000138"),
                        at,
                        at.plusSeconds(8),
                        "000000010000000000000003",
                        "000000010000000000000003",
                        16 << 20,
                        true,
                        List.of(new Manifest.Tablespace(16384, "fast", "/mnt/fast", 10))),
                new Manifest.ClusterFacts(
                        "UTF8",
                        "libc",
                        "C.UTF-8",
                        Map.of("max_connections", "100"),
                        Map.of("libc/C.UTF-8", "2.36"),
                        Map.of("plpgsql", "1.0")),
                List.of(new Manifest.TableEstimate("shop", "public.orders", 10, 8192)),
                List.of("openssl ..."),
                new Manifest.Origin("db1", "0.1.0"));
    }

    private static byte[] write(Manifest manifest) {
        return ManifestJson.write(manifest, KEYS.current());
    }

    private static KeyRing ring(String passphrase) {
        try (Secret secret = Secret.of(passphrase)) {
            return new KeyRing(List.of(EncryptionKey.of(secret)));
        }
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RecoveryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
