package dev.lifeboat.crypto;

import static dev.lifeboat.crypto.Keys.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

class MacTest {
    private static final EncryptionKey KEY = key("right");
    private static final byte[] MANIFEST = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
    private static final ContentDigest DIGEST = Sha256.of(MANIFEST);
    private static final String FILE = "000000010000000000000001";

    @Test
    void aManifestPassesUnderItsKeyAlone() {
        String mac = ManifestMac.sign(KEY, MANIFEST);

        assertThat(ManifestMac.matches(KEY, MANIFEST, mac)).isTrue();
        assertThat(ManifestMac.matches(KEY, MANIFEST, mac.toUpperCase(Locale.ROOT))).isTrue();
        assertThat(ManifestMac.matches(key("other"), MANIFEST, mac)).isFalse();
        assertThat(ManifestMac.matches(KEY, "{\"id\":2}".getBytes(StandardCharsets.UTF_8), mac))
                .isFalse();
    }

    @Test
    void whatIsNoMacDoesNotPass() {
        String mac = ManifestMac.sign(KEY, MANIFEST);

        assertThat(ManifestMac.matches(KEY, MANIFEST, "")).isFalse();
        assertThat(ManifestMac.matches(KEY, MANIFEST, "no hex")).isFalse();
        assertThat(ManifestMac.matches(KEY, MANIFEST, mac.substring(2))).isFalse();
        assertThat(ManifestMac.matches(KEY, MANIFEST, mac + "00")).isFalse();
    }

    @Test
    void aSegmentPassesUnderItsNameClusterAndDigestAlone() {
        String mac = WalObjectMac.sign(KEY, FILE, "7300000000000000001", DIGEST);

        assertThat(WalObjectMac.matches(KEY, FILE, "7300000000000000001", DIGEST, mac)).isTrue();
        assertThat(WalObjectMac.matches(KEY, FILE + "7", "300000000000000001", DIGEST, mac))
                .isFalse();
        assertThat(WalObjectMac.matches(KEY, FILE, "7300000000000000002", DIGEST, mac)).isFalse();
        assertThat(
                        WalObjectMac.matches(
                                KEY, FILE, "7300000000000000001", Sha256.of(new byte[1]), mac))
                .isFalse();
    }

    @Test
    void theUsesOfAKeyAreApart() {
        byte[] fingerprint = KEY.subkey("lifeboat/v1/fingerprint", 32);
        byte[] manifest = KEY.subkey("lifeboat/v1/manifest", 32);
        byte[] wal = KEY.subkey("lifeboat/v1/wal-object", 32);

        assertThat(fingerprint).isNotEqualTo(manifest).isNotEqualTo(wal);
        assertThat(manifest).isNotEqualTo(wal);
    }
}
