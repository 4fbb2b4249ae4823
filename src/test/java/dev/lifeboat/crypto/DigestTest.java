package dev.lifeboat.crypto;

import static dev.lifeboat.crypto.Keys.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

class DigestTest {
    /** Source: FIPS 180-4's example "abc". */
    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void digestsAsTheStandardSays() {
        assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new ContentDigest(3, ABC));
    }

    @Test
    void streamsDigestWhatPasses() throws Exception {
        byte[] content = content(70_001);
        var out = new ByteArrayOutputStream();
        var digested = new DigestingOutput(out);
        var in = new DigestingInput(new ByteArrayInputStream(content));

        digested.write(in.read());
        assertThat(in.skip(0)).isZero();
        in.transferTo(digested);

        assertThat(out.toByteArray()).isEqualTo(content);
        assertThat(digested.finish()).isEqualTo(Sha256.of(content));
        assertThat(in.finish()).isEqualTo(Sha256.of(content));
    }

    @Test
    void whatIsSkippedIsDigestedToo() throws Exception {
        byte[] content = content(1_000);
        var in = new DigestingInput(new ByteArrayInputStream(content));

        assertThat(in.skip(600)).isEqualTo(600);
        in.readAllBytes();

        assertThat(in.finish()).isEqualTo(Sha256.of(content));
    }

    @Test
    void tellsCutAlteredAndLongerContentApart() {
        var expected = ExpectedContent.of(Sha256.of(content(10)));

        assertThat(refused(expected, Sha256.of(content(9))))
                .isEqualTo(ProblemCode.OBJECT_TRUNCATED);
        assertThat(refused(expected, Sha256.of(content(11)))).isEqualTo(ProblemCode.OBJECT_DAMAGED);
        assertThat(refused(expected, Sha256.of(new byte[10])))
                .isEqualTo(ProblemCode.OBJECT_DAMAGED);
        assertThat(refused(ExpectedContent.ofSize(10), Sha256.of(content(9))))
                .isEqualTo(ProblemCode.OBJECT_TRUNCATED);
    }

    @Test
    void acceptsWhatWasExpected() {
        var found = Sha256.of(content(10));

        assertThatCode(() -> ExpectedContent.of(found).check("It", found))
                .doesNotThrowAnyException();
        assertThatCode(() -> ExpectedContent.ofSize(10).check("It", found))
                .doesNotThrowAnyException();
        assertThatCode(() -> ExpectedContent.unknown().check("It", found))
                .doesNotThrowAnyException();
    }

    private static ProblemCode refused(ExpectedContent expected, ContentDigest found) {
        return catchThrowableOfType(RecoveryException.class, () -> expected.check("It", found))
                .code();
    }
}
