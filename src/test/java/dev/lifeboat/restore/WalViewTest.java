package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalTrust;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Timeline 2 left timeline 1 at 0/5800000; a base was taken on 1 before that, and one after. */
class WalViewTest {
    @TempDir private Path cache;
    private final TestBuckets buckets = new TestBuckets();

    @Test
    void basesThatLeadToTheNewestTimelineComeFirstUnlessAnotherIsWanted() throws Exception {
        buckets.base("2026-04-07T02:00:00Z", "0/2000028", "0/2000100", "000000010000000000000002");
        buckets.base("2026-04-07T03:00:00Z", "0/6000028", "0/6000100", "000000010000000000000006");
        buckets.put(
                "wal/00000002.history",
                "1\t0/5800000\tno recovery target specified\n".getBytes(StandardCharsets.UTF_8));
        buckets.put("wal/000000020000000000000005", new byte[] {1});
        List<CatalogEntry> newestFirst = buckets.catalog(cache).load(CancelToken.never()).entries();
        WalView wal = view();

        assertThat(newestFirst).hasSize(2);
        assertThat(wal.isLive(newestFirst.getFirst())).isFalse();
        assertThat(wal.liveFirst(newestFirst, Optional.empty()))
                .containsExactlyElementsOf(newestFirst.reversed());
        assertThat(wal.liveFirst(newestFirst, Optional.of(1L))).isEqualTo(newestFirst);
    }

    private WalView view() throws RecoveryException {
        return WalView.of(
                new RegionWalArchive(
                        buckets.regions(), TestBuckets.RING, "", WalTrust.UNAUTHENTICATED_TOO),
                CancelToken.never());
    }
}
