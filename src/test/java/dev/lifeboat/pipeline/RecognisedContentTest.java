package dev.lifeboat.pipeline;

import static dev.lifeboat.crypto.Keys.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.Programs;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the runbook's scripts leave is opened by what it begins with. */
class RecognisedContentTest {
    private static final byte[] SQL =
            "-- PostgreSQL database dump\nSELECT 1;\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DUMP = "PGDMP\1\16 data".getBytes(StandardCharsets.UTF_8);
    private static final Optional<DecryptionKeys> KEYS =
            Optional.of(DecryptionKeys.anyOf(new KeyRing(List.of(key("the key")))));

    @Test
    void anEncryptedAndZippedTextIsOpened() throws Exception {
        byte[] stored = encrypted(gzipped(SQL));

        try (var content = open(stored, KEYS).content()) {
            assertThat(content.readAllBytes()).isEqualTo(SQL);
        }
        assertThat(open(stored, KEYS).kind()).isEqualTo(ContentKind.TEXT);
        assertThat(open(stored, KEYS).layers())
                .containsExactly(ContentKind.ENCRYPTED, ContentKind.GZIP);
    }

    @Test
    void aDumpIsOpenedWhateverIsAroundIt() throws Exception {
        for (byte[] stored :
                List.of(DUMP, gzipped(DUMP), encrypted(DUMP), encrypted(gzipped(DUMP)))) {
            var found = open(stored, KEYS);

            assertThat(found.kind()).isEqualTo(ContentKind.CUSTOM_DUMP);
            assertThat(found.content().readAllBytes()).isEqualTo(DUMP);
        }
    }

    @Test
    void whatIsEncryptedNeedsAKey() throws Exception {
        byte[] stored = encrypted(SQL);
        var wrong = Optional.of(DecryptionKeys.anyOf(new KeyRing(List.of(key("wrong")))));

        assertThat(refused(stored, Optional.empty())).isEqualTo(ProblemCode.KEY_MISSING);
        assertThat(refused(stored, wrong)).isEqualTo(ProblemCode.KEY_WRONG);
    }

    @Test
    void theOlderFormsOfOpensslAreOpenedWhenAskedFor() throws Exception {
        byte[] stored = Programs.openssl("the key", SQL, "-md md5");

        assertThat(refused(stored, KEYS)).isEqualTo(ProblemCode.KEY_WRONG);
        try (var content = open(stored, KEYS.map(DecryptionKeys::withOlderForms)).content()) {
            assertThat(content.readAllBytes()).isEqualTo(SQL);
        }
    }

    private static byte[] gzipped(byte[] plain) {
        return Programs.run(plain, "gzip", "-c");
    }

    private static byte[] encrypted(byte[] plain) {
        return Programs.openssl("the key", plain, "-pbkdf2");
    }

    private static ProblemCode refused(byte[] stored, Optional<DecryptionKeys> keys) {
        return catchThrowableOfType(RecoveryException.class, () -> open(stored, keys)).code();
    }

    private static RecognisedContent open(byte[] stored, Optional<DecryptionKeys> keys)
            throws IOException, RecoveryException {
        return RecognisedContent.open(
                "Object x",
                new ByteArrayInputStream(stored),
                ExpectedContent.ofSize(stored.length),
                keys,
                CancelToken.never(),
                Progress.unwatched());
    }
}
