package dev.lifeboat.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.lifeboat.catalog.BackupChoice;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.OpensslCipher;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.PgPrograms;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

class VerifierTest {
    private static final String SCRIPT = "backups/full/20260407/mockupaws_full.sql.gz.enc";
    private static final String SQL =
            "--\n-- PostgreSQL database dump\n--\n"
                    + "INSERT INTO scenarios VALUES (1);\n".repeat(5000)
                    + "--\n-- PostgreSQL database dump complete\n--\n";

    @TempDir private Path home;
    private final TestBuckets buckets = new TestBuckets();

    @Test
    void aWholeBackupIsListedAndItsChecksumsHold() throws Exception {
        String id = buckets.full("2026-04-07T02:00:00Z");

        assertThat(verify(id, VerifyLevel.LISTED).ok()).isTrue();
        VerifyReport report = verify(id, VerifyLevel.CHECKSUM);

        assertThat(report.problems()).isEmpty();
        assertThat(report.objects()).isEqualTo(4);
        assertThat(report.remembered()).isZero();
    }

    @Test
    void theNextRunReadsOnlyWhatIsNew() throws Exception {
        String id = buckets.full("2026-04-07T02:00:00Z");
        verify(id, VerifyLevel.CHECKSUM);

        VerifyReport second = verify(id, VerifyLevel.CHECKSUM);

        assertThat(second.ok()).isTrue();
        assertThat(second.remembered()).isEqualTo(4);
        assertThat(second.bytes()).isZero();
    }

    @Test
    void oneFlippedBitInOneRegionIsFoundAlsoAfterAGoodRun() throws Exception {
        String id = buckets.full("2026-04-07T02:00:00Z");
        verify(id, VerifyLevel.CHECKSUM);
        String key = "backups/full/20260407/" + id + ".dump.enc";
        TestBuckets.put(buckets.dr, key, flipped(TestBuckets.get(buckets.dr, key)));

        VerifyReport report = verify(id, VerifyLevel.CHECKSUM);

        assertThat(report.ok()).isFalse();
        assertThat(report.problems())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.OBJECT_DAMAGED);
        assertThat(report.problems().getFirst().what()).contains("s3://dr/" + key);
    }

    @Test
    void anObjectThatIsGoneIsFoundByTheListing() throws Exception {
        String id = buckets.full("2026-04-07T02:00:00Z");
        TestBuckets.delete(buckets.primary, "backups/full/20260407/" + id + ".globals.sql.enc");

        VerifyReport report = verify(id, VerifyLevel.LISTED);

        assertThat(report.ok()).isFalse();
        assertThat(report.problems())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.OBJECT_MISSING);
    }

    @Test
    void whatOpensslAndGzipMadeIsRecognisedAndReadToItsEnd() throws Exception {
        buckets.put(SCRIPT, encrypted(SQL, TestBuckets.RING));

        VerifyReport report = verify("mockupaws_full", VerifyLevel.READABLE);

        assertThat(report.problems()).isEmpty();
        assertThat(report.objects()).isEqualTo(1);
    }

    @Test
    void aDumpThatBrokeOffIsFoundAlthoughItsArchiveIsWhole() throws Exception {
        buckets.put(SCRIPT, encrypted(SQL.substring(0, SQL.length() - 60), TestBuckets.RING));

        assertThat(verify("mockupaws_full", VerifyLevel.READABLE).problems())
                .extracting(Problem::code)
                .contains(ProblemCode.OBJECT_TRUNCATED);
    }

    @Test
    void aFlippedBitDeepInsideIsFoundWithoutAManifest() throws Exception {
        byte[] stored = encrypted(SQL, TestBuckets.RING);
        stored[stored.length / 2] ^= 4;
        buckets.put(SCRIPT, stored);

        assertThat(verify("mockupaws_full", VerifyLevel.READABLE).ok()).isFalse();
    }

    @Test
    void aTruncatedObjectIsFoundWithoutAManifest() throws Exception {
        byte[] stored = encrypted(SQL, TestBuckets.RING);
        buckets.put(SCRIPT, Arrays.copyOf(stored, stored.length / 2 / 16 * 16));

        assertThat(verify("mockupaws_full", VerifyLevel.READABLE).ok()).isFalse();
    }

    @Test
    void oneBadCopyIsAFindingAlthoughTheOtherRegionsIsGood() throws Exception {
        byte[] stored = encrypted(SQL, TestBuckets.RING);
        buckets.put(SCRIPT, stored);
        byte[] bad = stored.clone();
        bad[bad.length / 2] ^= 4;
        TestBuckets.put(buckets.primary, SCRIPT, bad);

        VerifyReport report = verify("mockupaws_full", VerifyLevel.READABLE);

        assertThat(report.ok()).isFalse();
        assertThat(report.objects()).isEqualTo(1);
    }

    @Test
    void anotherKeyIsNotTakenForDamage() {
        buckets.put(SCRIPT, encrypted(SQL, TestBuckets.ring("another key")));

        assertThatThrownBy(() -> verify("mockupaws_full", VerifyLevel.READABLE))
                .asInstanceOf(type(RecoveryException.class))
                .extracting(RecoveryException::code)
                .isEqualTo(ProblemCode.KEY_WRONG);
    }

    @Test
    void aLocalFileIsReadToItsEnd() throws Exception {
        Path file = Files.write(home.resolve("copy.sql.gz.enc"), encrypted(SQL, TestBuckets.RING));

        VerifyReport report =
                verifier().verifyFile(file, Progress.unwatched(), CancelToken.never());

        assertThat(report.problems()).isEmpty();
    }

    private VerifyReport verify(String name, VerifyLevel level) throws RecoveryException {
        Catalog catalog = buckets.catalog(home.resolve("cache"));
        CatalogEntry entry =
                catalog.resolve(catalog.load(CancelToken.never()), name, BackupKind.FULL).entry();
        assertThat(BackupChoice.whyBroken(entry)).isEmpty();
        return verifier().verify(entry, level, false, Progress.unwatched(), CancelToken.never());
    }

    private Verifier verifier() {
        var host = new LocalHost();
        return new Verifier(
                buckets.catalog(home.resolve("cache")),
                new VerifyContext(
                        buckets.regions(),
                        () -> TestBuckets.RING,
                        host,
                        () -> PgPrograms.find(host, Map.of()),
                        new VerifyMemory(home.resolve("verified")),
                        2));
    }

    private static byte[] flipped(byte[] content) {
        content[content.length / 2] ^= 1;
        return content;
    }

    private static byte[] encrypted(String sql, KeyRing ring) {
        EncryptionKey key = ring.current();
        try {
            var stored = new ByteArrayOutputStream();
            var encrypting = OpensslCipher.encrypting(stored, key);
            try (var gzip = new GZIPOutputStream(encrypting)) {
                gzip.write(sql.getBytes(StandardCharsets.UTF_8));
                gzip.finish();
                encrypting.finish();
            }
            return stored.toByteArray();
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }
}
