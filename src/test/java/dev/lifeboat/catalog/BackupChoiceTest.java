package dev.lifeboat.catalog;

import static dev.lifeboat.catalog.TestBuckets.delete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class BackupChoiceTest {
    private static final byte[] SOME = "some bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path cache;
    private final TestBuckets buckets = new TestBuckets();

    @Test
    void latestIsTheNewestOfItsKind() throws Exception {
        buckets.full("2026-04-06T02:00:00Z");
        String newest = buckets.full("2026-04-07T02:00:00Z");
        String base =
                buckets.base("2026-04-08T02:00:00Z", "0/2000028", "0/2000100", "0".repeat(24));

        assertThat(resolve("latest", BackupKind.FULL).entry().id()).isEqualTo(newest);
        assertThat(resolve("latest", BackupKind.BASE).entry().id()).isEqualTo(base);
    }

    @Test
    void aNewerBrokenOneIsReportedAndNotChosen() throws Exception {
        String whole = buckets.full("2026-04-06T02:00:00Z");
        String broken = buckets.full("2026-04-07T02:00:00Z");
        String key = "backups/full/20260407/" + broken + ".dump.enc";
        delete(buckets.primary, key);
        delete(buckets.dr, key);

        BackupChoice choice = resolve("latest", BackupKind.FULL);

        assertThat(choice.entry().id()).isEqualTo(whole);
        assertThat(choice.passedOver()).extracting(CatalogEntry::id).containsExactly(broken);
        assertThat(BackupChoice.whyBroken(choice.passedOver().getFirst())).contains(key);
    }

    @Test
    void withoutAnyBackupThereIsNoLatest() {
        refused(ProblemCode.NO_BACKUP, () -> resolve("latest", BackupKind.FULL));
        refused(ProblemCode.NO_BASE, () -> resolve("latest", BackupKind.BASE));
    }

    @Test
    void anUnknownIdNamesThoseThereAre() {
        String id = buckets.full("2026-04-06T02:00:00Z");

        refused(ProblemCode.BACKUP_UNKNOWN, () -> resolve("nonsense", BackupKind.FULL))
                .hasMessageContaining(id);
    }

    @Test
    void anAmbiguousIdNamesTheKeysThatAreNot() throws Exception {
        buckets.put("backups/full/20260406/backup.enc", SOME);
        buckets.put("backups/full/20260407/backup.enc", SOME);

        refused(ProblemCode.USAGE, () -> resolve("backup", BackupKind.FULL))
                .hasMessageContaining("backups/full/20260406/backup.enc")
                .hasMessageContaining("backups/full/20260407/backup.enc");
        assertThat(resolve("20260407/backup.enc", BackupKind.FULL).entry().key())
                .isEqualTo("backups/full/20260407/backup.enc");
    }

    @Test
    void anAddressOfAnyObjectNamesTheBackup() throws Exception {
        String full = buckets.full("2026-04-07T02:00:00Z");
        String base =
                buckets.base("2026-04-08T02:00:00Z", "0/2000028", "0/2000100", "0".repeat(24));
        String stem = "backups/full/20260407/" + full;
        String folder = "backups/base/20260408/" + base;

        assertThat(resolve("s3://primary/" + stem + ".dump.enc", BackupKind.FULL).entry().id())
                .isEqualTo(full);
        assertThat(resolve("s3://dr/" + stem + ".manifest.json", BackupKind.FULL).entry().id())
                .isEqualTo(full);
        assertThat(resolve("s3://primary/" + folder, BackupKind.FULL).entry().id()).isEqualTo(base);
        assertThat(
                        resolve("s3://primary/" + folder + "/manifest.json", BackupKind.FULL)
                                .entry()
                                .id())
                .isEqualTo(base);
    }

    @Test
    void anAddressOfAnyOtherObjectIsABackupWithoutManifest() throws Exception {
        buckets.put("elsewhere/nightly.sql.gz.enc", SOME);

        CatalogEntry entry =
                resolve("s3://dr/elsewhere/nightly.sql.gz.enc", BackupKind.FULL).entry();

        assertThat(entry.id()).isEqualTo("nightly");
        assertThat(entry.status()).isEqualTo(BackupStatus.NO_MANIFEST);
        assertThat(entry.key()).isEqualTo("elsewhere/nightly.sql.gz.enc");
    }

    @Test
    void anAddressWithoutObjectOrInAnotherBucketIsRefused() {
        refused(ProblemCode.BACKUP_UNKNOWN, () -> resolve("s3://dr/none.enc", BackupKind.FULL));
        refused(ProblemCode.USAGE, () -> resolve("s3://strange/none.enc", BackupKind.FULL))
                .hasMessageContaining("s3://primary and s3://dr");
    }

    private BackupChoice resolve(String name, BackupKind kind) throws RecoveryException {
        Catalog catalog = buckets.catalog(cache);
        return catalog.resolve(catalog.load(CancelToken.never()), name, kind);
    }

    private static AbstractThrowableAssert<?, ?> refused(ProblemCode code, ThrowingCallable call) {
        var thrown = assertThatThrownBy(call);
        thrown.asInstanceOf(type(RecoveryException.class))
                .extracting(RecoveryException::code)
                .isEqualTo(code);
        return thrown;
    }
}
