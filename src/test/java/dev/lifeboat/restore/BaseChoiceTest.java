package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

class BaseChoiceTest {
    private static final String FRAME = "/base.tar.0000001.zst.enc";
    @TempDir private Path cache;
    private final TestBuckets buckets = new TestBuckets();
    private final String base =
            buckets.base(
                    "2026-04-07T02:00:00Z", "0/2000028", "0/3000000", "000000010000000000000002");
    private final String folder = "backups/base/20260407/" + base;
    private final String manifest = folder + "/manifest.json";

    @Test
    void aBaseThatIsNamedAndWholeIsTaken() throws Exception {
        assertThat(choose(buckets, named()).candidates())
                .singleElement()
                .satisfies(entry -> assertThat(entry.id()).isEqualTo(base));
    }

    @Test
    void aBaseMayBeNamedByTheAddressOfItsManifest() throws Exception {
        buckets.base("2026-04-08T02:00:00Z", "0/6000028", "0/7000000", "000000010000000000000006");

        for (String bucket : List.of("s3://primary/", "s3://dr/")) {
            assertThat(
                            choose(buckets, request(bucket + manifest, RecoveryTarget.latest()))
                                    .candidates())
                    .extracting(CatalogEntry::id)
                    .containsExactly(base);
        }
    }

    @Test
    void whatIsWrongWithTheManifestOfTheNamedBaseIsToldAsItself() throws Exception {
        String good =
                new String(TestBuckets.get(buckets.primary, manifest), StandardCharsets.UTF_8);

        replace("{ half");
        assertThat(refused().code()).isEqualTo(ProblemCode.MANIFEST_DAMAGED);

        replace(good.replace("\"formatVersion\" : \"1.0\"", "\"formatVersion\" : \"2.0\""));
        assertThat(refused())
                .satisfies(
                        newer -> {
                            assertThat(newer.code()).isEqualTo(ProblemCode.MANIFEST_TOO_NEW);
                            assertThat(newer.remedy()).contains("version of Lifeboat");
                        });

        replace(good.replace("\"plainBytes\" : 300", "\"plainBytes\" : 301"));
        assertThat(refused().code()).isEqualTo(ProblemCode.MANIFEST_UNTRUSTED);
    }

    @Test
    void aFrameOfTheNamedBaseThatIsGoneIsNamed() throws Exception {
        TestBuckets.delete(buckets.primary, folder + FRAME);
        TestBuckets.delete(buckets.dr, folder + FRAME);

        Problem problem = refused();

        assertThat(problem.code()).isEqualTo(ProblemCode.BACKUP_INCOMPLETE);
        assertThat(problem.why()).contains(folder + FRAME);
    }

    @Test
    void withoutAnyBaseTheNewestDumpIsOfferedAndNotTaken() throws Exception {
        var dumps = new TestBuckets();
        dumps.full("2026-04-06T02:00:00Z");
        String newest = dumps.full("2026-04-07T02:00:00Z");

        Problem problem = refused(dumps, at("2026-04-07T14:30:00Z"));

        assertThat(problem.code()).isEqualTo(ProblemCode.NO_BASE);
        assertThat(problem.why()).contains("dumps only", newest);
        assertThat(problem.remedy()).contains("lifeboat restore " + newest, "backup base");
    }

    @Test
    void noDumpIsOfferedWhileARegionThatMayHoldABaseIsNotSeen() throws Exception {
        var dumps = new TestBuckets();
        dumps.full("2026-04-07T02:00:00Z");
        var halfSeen = new TestBuckets(dumps.primary, TestBuckets.unreachable(dumps.dr));

        Problem problem = refused(halfSeen, at("2026-04-07T14:30:00Z"));

        assertThat(problem.code()).isEqualTo(ProblemCode.NO_BASE);
        assertThat(problem.why()).contains("DR did not answer");
        assertThat(problem.remedy()).doesNotContain("lifeboat restore ");
    }

    @Test
    void aTimeBeforeTheFirstBaseEndedIsRefusedWithThatEnd() throws Exception {
        Problem problem = refused(buckets, at("2026-04-07T01:59:59Z"));

        assertThat(problem.code()).isEqualTo(ProblemCode.TARGET_BEFORE_BASE);
        assertThat(problem.why()).contains("consistent only from 2026-04-07T02:0");
    }

    private static RestoreRequest at(String time) {
        return request(
                RestoreRequest.LATEST,
                new RecoveryTarget(TargetKind.TIME, time, true, Optional.empty()));
    }

    private Problem refused(TestBuckets of, RestoreRequest request) throws Exception {
        return assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> choose(of, request))
                .actual()
                .problem();
    }

    private void replace(String text) {
        buckets.put(manifest, text.getBytes(StandardCharsets.UTF_8));
    }

    private Problem refused() throws Exception {
        return refused(buckets, named());
    }

    private BaseChoice choose(TestBuckets of, RestoreRequest request) throws RecoveryException {
        Catalog catalog = of.catalog(cache);
        return BaseChoice.of(catalog, catalog.load(CancelToken.never()), request);
    }

    private RestoreRequest named() {
        return request(base, RecoveryTarget.latest());
    }

    private static RestoreRequest request(String backup, RecoveryTarget target) {
        return new RestoreRequest(
                backup,
                target,
                TargetAction.PAUSE,
                "auto",
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
