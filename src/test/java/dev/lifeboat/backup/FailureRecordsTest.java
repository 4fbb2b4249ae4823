package dev.lifeboat.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.BackupFailure;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

class FailureRecordsTest {
    private static final String AT = "2026-04-07T02:00:13Z";
    private static final String KEY =
            "records/backup/20260407/shop_full_20260407_020013.failed.json";
    private final TestBuckets buckets = new TestBuckets();

    @Test
    void aBackupThatFailsLeavesARecordAndIsThrownOn() throws Exception {
        assertThatThrownBy(
                        () ->
                                records(buckets.regions())
                                        .noting(BackupKind.FULL, "shop", this::fail))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("disk is full");

        assertThat(keys(buckets.primary)).containsExactly(KEY);
        assertThat(text(KEY)).contains("\"code\":\"NO_SPACE\"", "disk is full", "Make room.");
        assertThat(BackupFailure.parse(KEY))
                .contains(
                        new BackupFailure(
                                "shop_full_20260407_020013", BackupKind.FULL, Instant.parse(AT)));
    }

    @Test
    void anErrorNobodyForesawIsRecordedToo() throws Exception {
        FailureRecords.Work<String> breaksDown =
                () -> {
                    throw new IllegalStateException("a password");
                };
        assertThatThrownBy(
                        () ->
                                records(buckets.regions())
                                        .noting(BackupKind.BASE, "shop", breaksDown))
                .isInstanceOf(IllegalStateException.class);

        assertThat(text(keys(buckets.primary).getFirst()))
                .contains("UNEXPECTED", "IllegalStateException")
                .doesNotContain("a password");
    }

    @Test
    void aBackupThatSucceedsLeavesNone() throws Exception {
        FailureRecords.Work<String> work = () -> "done";

        assertThat(records(buckets.regions()).noting(BackupKind.FULL, "shop", work))
                .isEqualTo("done");
        assertThat(keys(buckets.primary)).isEmpty();
    }

    @Test
    void theRecordGoesToDrWhileThePrimaryIsGone() throws Exception {
        var regions =
                new RegionPair(
                        TestBuckets.unreachable(buckets.primary), buckets.dr, RegionChoice.AUTO);

        assertThatThrownBy(() -> records(regions).noting(BackupKind.FULL, "shop", this::fail))
                .hasMessageContaining("disk is full");

        assertThat(keys(buckets.dr)).containsExactly(KEY);
    }

    @Test
    void thatNothingCanBeRecordedDoesNotHideWhyTheBackupFailed() {
        var regions =
                new RegionPair(
                        TestBuckets.unreachable(buckets.primary),
                        TestBuckets.unreachable(buckets.dr),
                        RegionChoice.AUTO);

        assertThatThrownBy(() -> records(regions).noting(BackupKind.FULL, "shop", this::fail))
                .hasMessageContaining("disk is full");
    }

    @Test
    void aKilledBackupIsRecordedUnlessItsManifestWasThereAlready() throws Exception {
        String whole = buckets.full("2026-04-06T02:00:00Z");
        List<String> before = keys(buckets.primary);

        records(buckets.regions()).gone(whole);
        assertThat(keys(buckets.primary)).isEqualTo(before);

        records(buckets.regions()).gone("shop_full_20260407_020013");
        assertThat(keys(buckets.primary)).contains(KEY);
    }

    private String fail() throws RecoveryException {
        throw new RecoveryException(
                ProblemCode.NO_SPACE, "The disk is full.", "Nothing is free.", "Make room.");
    }

    private String text(String key) {
        return new String(TestBuckets.get(buckets.primary, key), StandardCharsets.UTF_8);
    }

    private static FailureRecords records(RegionPair regions) {
        return new FailureRecords(
                regions, TestBuckets.KEYS, Clock.fixed(Instant.parse(AT), ZoneOffset.UTC));
    }

    private static List<String> keys(ObjectStore store) throws RecoveryException {
        var keys = new ArrayList<String>();
        store.list("", "", object -> keys.add(object.key()), CancelToken.never());
        return keys;
    }
}
