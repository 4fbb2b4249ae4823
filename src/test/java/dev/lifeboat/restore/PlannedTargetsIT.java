package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.catalog.windows.RecoveryView;
import dev.lifeboat.catalog.windows.RecoveryWindows;
import dev.lifeboat.catalog.windows.TargetAnswer;
import dev.lifeboat.catalog.windows.TargetAnswer.Reachable;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.catalog.windows.WalHoldings;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.wal.SegmentHeader;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalTrust;
import dev.lifeboat.wal.index.WalIndex;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Traffic of two clients with rollbacks, and what plan and index tell of fifty moments in it. */
class PlannedTargetsIT {
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final String BASE = "base";

    private static final TransactionLog ALL = new TransactionLog();
    private static final TestBuckets BUCKETS = new TestBuckets();
    private static String system;
    private static BaseFacts facts;
    private static RecoveryView view;

    @BeforeAll
    static void makeTraffic() throws Exception {
        try (TestCluster server = TestCluster.create("--wal-segsize=1")) {
            server.set(Map.of("wal_keep_size", "1GB", "max_wal_size", "2GB", "autovacuum", "off"));
            server.start();
            server.pgbench("-i", "-s", "1", "-q");
            Lsn begin = Lsn.parse(server.value("pg_current_wal_insert_lsn()"));
            server.execute("SELECT pg_switch_wal()");
            for (int i = 0; i < 3; i++) {
                server.pgbench("-n", "-c", "2", "-t", "400");
                server.execute(
                        "DO $$ BEGIN FOR i IN 1..20 LOOP UPDATE pgbench_branches SET bbalance = 0;"
                                + " IF i % 2 = 0 THEN ROLLBACK; ELSE COMMIT; END IF;"
                                + " END LOOP; END $$");
            }
            server.execute("SELECT pg_switch_wal()");
            server.stop(StopMode.FAST);
            archive(server.dataDirectory.resolve("pg_wal"), begin);
        }
        open();
    }

    /** Takes the segments from the one behind this position to the last that is whole. */
    private static void archive(Path wal, Lsn begin) throws Exception {
        WalSegment segment = WalSegment.containing(begin, TimelineId.FIRST, SEGMENT_BYTES).next();
        var reader = new WalReader(ALL);
        Lsn start = segment.start().plus(SegmentHeader.BYTES);
        while (true) {
            byte[] content = Files.readAllBytes(wal.resolve(segment.name()));
            BUCKETS.primary.put(
                    "wal/" + segment.name(), ByteSource.of(content), PutOptions.plain());
            boolean complete = reader.read(segment, content).isComplete();
            if (!complete) {
                break;
            }
            segment = segment.next();
        }
        system = Long.toUnsignedString(reader.header().orElseThrow().systemIdentifier());
        Instant stop = ALL.time(0).minusSeconds(10);
        facts = new BaseFacts(1, start, start, stop, stop, "", "", SEGMENT_BYTES, true, List.of());
    }

    private static void open() throws Exception {
        var base =
                new CatalogEntry(
                        BASE,
                        BackupKind.BASE,
                        BackupStatus.FINISHED,
                        BASE,
                        new CatalogEntry.Facts(
                                BASE,
                                Optional.of(system),
                                Optional.empty(),
                                facts.startTime(),
                                Optional.of(facts.stopTime()),
                                OptionalLong.empty(),
                                0,
                                Optional.empty(),
                                "STANDARD",
                                Optional.of(facts)),
                        true,
                        Map.of(),
                        true,
                        Optional.empty(),
                        Optional.empty());
        view =
                new RecoveryWindows(archive(), BUCKETS.regions(), "", Clock.systemUTC())
                        .view(
                                new CatalogListing(List.of(base), Map.of(), List.of()),
                                CancelToken.never());
        var wal = view.wal().orElseThrow();
        wal.complete(wal.runs(), 2, CancelToken.never(), Progress.unwatched());
    }

    private static RegionWalArchive archive() {
        return new RegionWalArchive(
                BUCKETS.regions(), TestBuckets.RING, "", WalTrust.UNAUTHENTICATED_TOO);
    }

    @AfterAll
    static void forget() {
        BUCKETS.primary.close();
    }

    @Test
    void ofFiftyMomentsPlanAndIndexTellWhatTheWalSays() throws Exception {
        assertThat(ALL.size()).isGreaterThan(2_000);
        TargetResolver resolver = resolver();
        var random = new Random(20260407);
        for (int i = 0; i < 50; i++) {
            Instant target = target(random);
            boolean inclusive = random.nextBoolean();
            int out = ALL.firstLeftOut(target, inclusive);
            int last = lastCommitBefore(out);
            Goal goal = resolver.resolve(time(target, inclusive));
            TargetAnswer answer =
                    view.answers().orElseThrow().exactlyAt(target, inclusive, Optional.empty());

            assertThat(answer).isInstanceOf(Reachable.class);
            var told = (Reachable) answer;
            assertThat(told.exact()).isTrue();
            assertThat(told.lost().least()).isEqualTo(ALL.commitsFrom(out));
            assertThat(told.lastIncluded().map(commit -> commit.lsn()))
                    .isEqualTo(last < 0 ? Optional.empty() : Optional.of(ALL.start(last)));
            assertThat(goal.lastIncluded().map(Goal.Transaction::lsn))
                    .isEqualTo(told.lastIncluded().map(commit -> commit.lsn()));
            assertThat(view.timeline().whyNot(target)).isEmpty();
        }
    }

    @Test
    void theWindowEndsAtTheLastCommit() {
        var window = view.timeline().windows().getFirst();

        assertThat(window.exact()).isTrue();
        assertThat(window.firstCommit().map(commit -> commit.lsn()))
                .contains(ALL.start(firstCommit()));
        assertThat(view.timeline().latestRecoverable())
                .contains(ALL.time(lastCommitBefore(ALL.size())));
    }

    private static TargetResolver resolver() throws Exception {
        var inventory = archive().inventory(CancelToken.never());
        var tree = TimelineTree.of(new ArrayList<>(), inventory.timelines());
        WalChain run =
                WalChain.along(
                        tree.pathTo(TimelineId.FIRST),
                        facts.startLsn(),
                        WalHoldings.of(inventory, SEGMENT_BYTES));
        return new TargetResolver(
                new ArchiveTrail(
                        archive(),
                        system,
                        SEGMENT_BYTES,
                        run,
                        Optional.empty(),
                        WalIndex.empty(),
                        CancelToken.never()),
                facts);
    }

    private static RecoveryTarget time(Instant target, boolean inclusive) {
        return new RecoveryTarget(TargetKind.TIME, target.toString(), inclusive, Optional.empty());
    }

    /** A commit's own time, or just beside it, or a full second; before the last commit. */
    private static Instant target(Random random) {
        Instant time = ALL.time(random.nextInt(lastCommitBefore(ALL.size())));
        return switch (random.nextInt(3)) {
            case 0 -> time;
            case 1 -> time.plusNanos(1_000L * (random.nextInt(3) - 1));
            default -> Instant.ofEpochSecond(time.getEpochSecond());
        };
    }

    private static int lastCommitBefore(int end) {
        int index = end - 1;
        while (index >= 0 && ALL.isAbort(index)) {
            index--;
        }
        return index;
    }

    private static int firstCommit() {
        int index = 0;
        while (ALL.isAbort(index)) {
            index++;
        }
        return index;
    }
}
