package dev.lifeboat.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class SecretSourceTest {
    private static final String KEY = "BACKUP_ENCRYPTION_KEY";

    private final SecretSource source =
            new SecretSource(
                    () -> {
                        throw new AssertionError("nobody asked for this service");
                    },
                    StandardCharsets.UTF_8);

    @TempDir Path folder;

    @Test
    void aPlainTextIsTheKeyItself() throws Exception {
        var found = source.resolve(KEY, " kéy: with = all sorts ");

        assertThat(text(found)).isEqualTo(" kéy: with = all sorts ");
        assertThat(found.origin()).isEqualTo(KEY);
        assertThat(found.warnings()).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void withoutAValueTheKeyIsMissing(String value) {
        var refused = refused(source, value);

        assertThat(refused.code()).isEqualTo(ProblemCode.KEY_MISSING);
        assertThat(refused).hasMessageContainingAll(KEY, "not set", "lifeboat key generate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the key", "the key\n", "the key\n\n"})
    void aFilesLineIsTheKey(String content) throws Exception {
        var found = source.resolve(KEY, "file:" + file(content, "rw-------"));

        assertThat(text(found)).isEqualTo("the key");
        assertThat(found.warnings()).isEmpty();
    }

    @Test
    void aFileOpenToOthersIsTakenWithAWarning() throws Exception {
        Path file = file("the key\n", "rw-r-----");

        var found = source.resolve(KEY, "file:" + file);

        assertThat(text(found)).isEqualTo("the key");
        assertThat(found.warnings())
                .singleElement()
                .asString()
                .contains("rw-r-----", "chmod 600 " + file);
    }

    @Test
    void aCarriageReturnCountsAsItDoesForOpensslAndIsSaid() throws Exception {
        var found = source.resolve(KEY, "file:" + file("the key\r\n", "rw-------"));

        assertThat(text(found)).isEqualTo("the key\r");
        assertThat(found.warnings()).singleElement().asString().contains("carriage return");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "two\nlines", "nul\0"})
    void aFileThatHoldsNoSingleLineIsRefused(String content) throws Exception {
        var refused = refused(source, "file:" + file(content, "rw-------"));

        assertThat(refused.code()).isEqualTo(ProblemCode.KEY_MISSING);
        assertThat(refused).hasMessageContaining(KEY).hasMessageNotContaining("two");
    }

    @Test
    void aFileTooLongForOpensslIsRefused() throws Exception {
        assertThat(text(source.resolve(KEY, "file:" + file("k".repeat(1023) + "\n", "rw-------"))))
                .hasSize(1023);
        assertThat(refused(source, "file:" + file("k".repeat(1025), "rw-------")))
                .hasMessageContaining("too long");
    }

    @Test
    void aMissingFileIsNamed() {
        var refused = refused(source, "file:" + folder.resolve("nowhere"));

        assertThat(refused.code()).isEqualTo(ProblemCode.KEY_MISSING);
        assertThat(refused).hasMessageContainingAll("nowhere", "There is no such file.");
    }

    @Test
    void aNamedSecretIsFetchedFromTheServiceWithoutItsLineEnd() throws Exception {
        var asking = new SecretSource(() -> name -> Secret.of(name + "'s key\n"));

        var found = asking.resolve(KEY, "secretsmanager:mockupaws/backup-encryption-key");

        assertThat(text(found)).isEqualTo("mockupaws/backup-encryption-key's key");
        assertThat(found.origin()).contains("mockupaws/backup-encryption-key");
    }

    @Test
    void aKeyThatTheLocaleMangledIsRefused() throws Exception {
        var posix = new SecretSource(() -> null, StandardCharsets.US_ASCII);

        assertThat(text(posix.resolve(KEY, "plain ascii"))).isEqualTo("plain ascii");
        assertThat(refused(posix, "k\ufffd\ufffdy"))
                .hasMessageContainingAll("US-ASCII", "LC_ALL=C.UTF-8", "file:PATH");
    }

    private Path file(String content, String permissions) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "key", ""), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static RecoveryException refused(SecretSource source, String value) {
        return catchThrowableOfType(RecoveryException.class, () -> source.resolve(KEY, value));
    }

    private static String text(ResolvedSecret found) {
        return new String(found.secret().copyUtf8(), StandardCharsets.UTF_8);
    }
}
