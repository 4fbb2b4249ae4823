package dev.lifeboat.catalog.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

class ConfigSearchTest {
    private static final String CLUSTER = "7300000000000000001";
    private static final String PATH = "/etc/pg/postgresql.conf";

    @TempDir private Path cache;
    private final TestBuckets buckets = new TestBuckets();
    private String first;
    private String second;

    @BeforeEach
    void backUpTwice() throws Exception {
        first = backUp("2026-04-05T03:00:00Z", "a = 1");
        second = backUp("2026-04-12T03:00:00Z", "a = 2");
    }

    private String backUp(String time, String text) throws RecoveryException {
        return buckets.config(time, Map.of(PATH, text.getBytes(StandardCharsets.UTF_8)));
    }

    private ConfigSearch.Found find(RegionPair regions, String cluster, String until)
            throws RecoveryException {
        Catalog catalog = TestBuckets.catalog(regions, cache, Optional.of(TestBuckets.RING));
        return new ConfigSearch(catalog, new ConfigReading(catalog, regions, TestBuckets.RING))
                .newest(
                        cluster,
                        Optional.ofNullable(until).map(Instant::parse),
                        CancelToken.never());
    }

    private ConfigSearch.Found find(String until) throws RecoveryException {
        return find(buckets.regions(), CLUSTER, until);
    }

    @Test
    void takesWhatHeldAtTheMoment() throws Exception {
        ConfigSearch.Taken taken = find("2026-04-10T00:00:00Z").backup().orElseThrow();

        assertThat(taken.id()).isEqualTo(first);
        assertThat(taken.files().text(PATH)).isEqualTo("a = 1");
        assertThat(find(null).backup().orElseThrow().id()).isEqualTo(second);
    }

    @Test
    void takesTheFirstAfterTheMomentAndSaysSo() throws Exception {
        ConfigSearch.Found found = find("2026-04-01T00:00:00Z");

        assertThat(found.backup().orElseThrow().id()).isEqualTo(first);
        assertThat(found.notes())
                .containsExactly("It was taken after the moment that was restored.");
    }

    @Test
    void leavesThoseOfAnotherCluster() throws Exception {
        assertThat(find(buckets.regions(), "42", null).backup()).isEmpty();
    }

    @Test
    void passesOverADamagedOneAndSaysSo() throws Exception {
        String key = "backups/config/20260412/" + second + ".tar.zst.enc";
        byte[] content = TestBuckets.get(buckets.primary, key);
        content[content.length - 1] ^= 1;
        buckets.put(key, content);

        ConfigSearch.Found found = find(null);

        assertThat(found.backup().orElseThrow().id()).isEqualTo(first);
        assertThat(found.notes()).hasSize(1).first().asString().contains(second);
    }

    @Test
    void takesNoneThatNothingVouchesFor() throws Exception {
        String key = "backups/config/20260412/" + second + ".manifest.json";
        String manifest = new String(TestBuckets.get(buckets.primary, key), StandardCharsets.UTF_8);
        buckets.put(key, manifest.replace("\"shop\"", "\"shoq\"").getBytes(StandardCharsets.UTF_8));

        assertThat(find(null).backup().orElseThrow().id()).isEqualTo(first);
    }

    @Test
    void saysWhichRegionCouldNotBeAsked() throws Exception {
        var half =
                new RegionPair(
                        TestBuckets.unreachable(buckets.primary), buckets.dr, RegionChoice.AUTO);

        ConfigSearch.Found found = find(half, CLUSTER, null);

        assertThat(found.backup().orElseThrow().id()).isEqualTo(second);
        assertThat(found.notes()).hasSize(1).first().asString().contains("primary was not asked");
    }

    @Test
    void failsWhenNoRegionCanBeAsked() {
        var none =
                new RegionPair(
                        TestBuckets.unreachable(buckets.primary),
                        TestBuckets.unreachable(buckets.dr),
                        RegionChoice.AUTO);

        assertThatThrownBy(() -> find(none, CLUSTER, null)).isInstanceOf(RecoveryException.class);
    }
}
