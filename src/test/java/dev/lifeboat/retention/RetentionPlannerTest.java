package dev.lifeboat.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.Probe;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.index.BlockName;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

class RetentionPlannerTest {
    @TempDir private Path cache;
    private RetentionWorld world;

    @BeforeEach
    void make() {
        world = new RetentionWorld(cache);
    }

    private static void stopped(ThrowingCallable work, ProblemCode code) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        p -> assertThat(p.code()).as(p.problem().toString()).isEqualTo(code));
    }

    private List<String> going() throws Exception {
        return world.plan().removals().stream().map(RetentionPlan.Removal::name).toList();
    }

    private String why(String id) throws Exception {
        return world.plan().kept().stream()
                .filter(kept -> kept.entry().id().equals(id))
                .map(RetentionPlan.Kept::why)
                .findFirst()
                .orElse("goes");
    }

    /** A week of daily bases and fulls, so that there is something good of every kind. */
    private void days(int count) {
        for (int day = 0; day < count; day++) {
            world.full();
            world.base();
            world.wal(2);
            world.pass(Duration.ofDays(1));
        }
    }

    @Test
    void keepsEveryFullForThirtyDaysAndThenTheFirstOfAWeekMonthAndYear() throws Exception {
        String first = world.full();
        world.pass(Duration.ofDays(1));
        String second = world.full();
        days(29);

        assertThat(going()).doesNotContain(second);
        world.pass(Duration.ofHours(25));
        world.full();

        assertThat(going()).contains(second).doesNotContain(first);
        assertThat(why(first)).isEqualTo("it is kept as weekly, monthly, yearly");
    }

    @Test
    void tellsUntilWhenTheLongestOfItsGenerationsKeepsABackup() throws Exception {
        String id = world.full();
        Instant begun = world.now;
        world.pass(Duration.ofDays(1));
        String second = world.full();

        assertThat(until(id)).contains(begun.atOffset(ZoneOffset.UTC).plusYears(7).toInstant());
        assertThat(until(second)).contains(begun.plus(Duration.ofDays(1 + 30)));
    }

    private Optional<Instant> until(String id) throws Exception {
        CatalogListing listing = world.catalog.load(CancelToken.never());
        CatalogEntry entry =
                listing.entries().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow();
        return Generations.of(listing.entries(), world.rules, world.now).until(entry);
    }

    @Test
    void honoursTheRetentionDaysThatAreSet() throws Exception {
        world.rules = RetentionRules.runbook(3, 7);
        world.full();
        world.pass(Duration.ofDays(1));
        String second = world.full();
        days(4);

        assertThat(going()).contains(second);
    }

    @Test
    void neverRemovesTheNewestGoodBackupHoweverOldItIs() throws Exception {
        String full = world.full();
        String base = world.base();
        world.pass(Duration.ofDays(4000));

        assertThat(going()).isEmpty();
        assertThat(why(full)).contains("newest good");
        assertThat(why(base)).contains("needed");
    }

    @Test
    void neverRemovesTheNewestThatWasProvenWhileNewerOnesAreNot() throws Exception {
        String proven = world.full();
        CatalogEntry entry = entry(proven);
        world.buckets.put(
                "records/verify/20250106/"
                        + proven
                        + "."
                        + entry.facts().identity()
                        + "."
                        + VerifyLevel.READABLE.word()
                        + ".ok.20250106_030000.json",
                new byte[] {1});
        world.pass(Duration.ofDays(3000));
        days(40);

        assertThat(why(proven)).contains("proven");
    }

    @Test
    void aDamagedFirstOfAMonthDoesNotLeaveTheMonthWithoutAGoodOne() throws Exception {
        String first = world.full();
        world.pass(Duration.ofDays(1));
        String second = world.full();
        world.primary.delete("backups/full/20250106/" + first + ".dump.enc");
        world.dr.delete("backups/full/20250106/" + first + ".dump.enc");
        world.pass(Duration.ofDays(100));
        days(8);

        assertThat(why(second)).contains("monthly");
        assertThat(why(first)).contains("monthly");
    }

    @Test
    void whatAHoldCoversStays() throws Exception {
        world.full();
        world.pass(Duration.ofDays(1));
        String held = world.full();
        world.holds()
                .set(
                        new Hold(
                                "h",
                                Optional.of(held),
                                Optional.empty(),
                                "audit",
                                "anna",
                                world.now));
        days(40);
        assertThat(going()).doesNotContain(held);
        assertThat(why(held)).contains("the hold h");

        world.holds().release("h", CancelToken.never());
        assertThat(going()).contains(held);
    }

    @Test
    void aHeldStretchOfTimeStaysRecoverableAndTheWalBehindItGoes() throws Exception {
        days(20);
        Instant from = world.now.minus(Duration.ofDays(12));
        var period = new Hold.Period(from, from.plus(Duration.ofDays(2)));
        world.holds()
                .set(new Hold("h", Optional.empty(), Optional.of(period), "x", "anna", world.now));
        days(20);

        world.clean();

        assertThat(world.timeline().live())
                .anySatisfy(
                        window -> {
                            assertThat(window.from()).isBeforeOrEqualTo(period.from());
                            assertThat(window.to().orElseThrow()).isAfterOrEqualTo(period.to());
                        })
                .hasSize(2);
    }

    @Test
    void theIndexOfWalGoesWhenTheLastSegmentItTellsOfGoes() throws Exception {
        for (String block :
                List.of(
                        "00000001-000000000000",
                        "00000001-000000000001",
                        "00000002-000000000000")) {
            world.buckets.put("wal-index/" + block + ".idx.zst.enc", new byte[] {1});
        }
        world.nextSegment = BlockName.SEGMENTS - 12;
        days(8);
        assertThat(going()).noneMatch(name -> name.startsWith("wal-index/"));
        days(20);

        assertThat(going().stream().filter(name -> name.startsWith("wal-index/")))
                .containsExactly("wal-index/00000001-000000000000.idx");
        world.clean();

        assertThat(world.primary.head("wal-index/00000001-000000000000.idx.zst.enc")).isEmpty();
        assertThat(world.dr.head("wal-index/00000001-000000000000.idx.zst.enc")).isEmpty();
        assertThat(world.dr.head("wal-index/00000001-000000000001.idx.zst.enc")).isPresent();
    }

    @Test
    void whatIsNotPlainlyOursStays() throws Exception {
        days(2);
        byte[] content = {1, 2, 3};
        world.buckets.put("backups/full/20100101/backup.enc", content);
        world.buckets.put("backups/full/20100101/other_full_20100101_000000.sql.gz.enc", content);
        world.buckets.put("backups/full/20100102/shop_full_20100102_000000.sql.gz.enc", content);
        world.buckets.put("backups/full/20100101/readme.txt", content);
        world.buckets.put("backups/other/20100101/x", content);
        world.buckets.put("wal/notes", content);
        String strange = world.buckets.full("shop", "2010-01-03T00:00:00Z", TestBuckets.ring("x"));

        assertThat(why("backup")).contains("neither database nor time");
        assertThat(why("other_full_20100101_000000")).contains("of which cluster");
        assertThat(why(strange)).contains("key");
        assertThat(going()).containsExactly("shop_full_20100102_000000");
    }

    @Test
    void walOfBasesThatOnlyAnotherKeyOpensStaysWhileThePromiseReachesBackToThem() throws Exception {
        basesBeside(TestBuckets.CLUSTER, TestBuckets.ring("the key before"));
    }

    @Test
    void walOfTheClusterBeforeStaysWhileThePromiseReachesBackToIt() throws Exception {
        basesBeside("7300000000000000002", TestBuckets.RING);
    }

    /** Weekly bases of the past that cannot be judged here, then daily ones that can. */
    private void basesBeside(String cluster, KeyRing ring) throws Exception {
        world.full();
        long first = world.nextSegment;
        world.base(cluster, ring);
        ownWal(7);
        long second = world.nextSegment;
        world.base(cluster, ring);
        ownWal(12);
        days(2);

        assertThat(going())
                .contains(RetentionWorld.segment(first + 1).name())
                .doesNotContain(
                        RetentionWorld.segment(first).name(),
                        RetentionWorld.segment(second).name(),
                        RetentionWorld.segment(second + 3).name());

        days(8);
        assertThat(going())
                .contains(RetentionWorld.segment(second + 3).name())
                .doesNotContain(
                        RetentionWorld.segment(first).name(),
                        RetentionWorld.segment(second).name());
    }

    @Test
    void aDamagedBaseStaysWithItsWalWhileNoGoodOneLeadsIntoThePromise() throws Exception {
        world.full();
        long first = world.nextSegment;
        String base = world.base();
        ownWal(3);
        remove(base, key -> !key.endsWith("manifest.json"));
        days(2);

        assertThat(why(base)).contains("damaged");
        assertThat(going()).doesNotContain(RetentionWorld.segment(first).name());

        days(9);
        assertThat(why(base)).isEqualTo("goes");
    }

    @Test
    void aBackupWhoseManifestIsLostStaysAsLongAsAWholeOne() throws Exception {
        String base = world.base();
        String full = world.full();
        ownWal(3);
        remove(base, key -> key.endsWith("manifest.json"));
        remove(full, key -> key.endsWith("manifest.json"));
        days(2);

        assertThat(why(base)).contains("no manifest");
        assertThat(why(full)).contains("no manifest");

        days(30);
        assertThat(why(base)).isEqualTo("goes");
        assertThat(why(full)).contains("no manifest", "yearly");
    }

    @Test
    void whatAFailedBaseLeftDoesNotCostAnOlderBaseItsWal() throws Exception {
        long first = world.nextSegment;
        world.full();
        world.base(TestBuckets.CLUSTER, TestBuckets.ring("the key before"));
        ownWal(4);
        remove(world.base(), key -> key.endsWith("manifest.json"));
        ownWal(12);
        days(2);

        assertThat(going()).doesNotContain(RetentionWorld.segment(first + 3).name());
    }

    @Test
    void aDamagedBaseDoesNotCostAnOlderOneThatMayBeMendedItsWal() throws Exception {
        long first = world.nextSegment;
        world.full();
        remove(world.base(), key -> !key.endsWith("manifest.json"));
        ownWal(4);
        remove(world.base(), key -> !key.endsWith("manifest.json"));
        ownWal(12);
        days(2);

        assertThat(going()).doesNotContain(RetentionWorld.segment(first + 3).name());
    }

    @Test
    void aFullWhoseManifestIsLostStandsForItsYearAsAWholeOneWould() throws Exception {
        String first = world.full();
        world.pass(Duration.ofDays(1));
        String second = world.full();
        world.pass(Duration.ofDays(1));
        String third = world.full();
        remove(second, key -> key.endsWith("manifest.json"));
        remove(first, key -> key.endsWith("manifest.json"));
        world.pass(Duration.ofDays(200));
        days(2);

        assertThat(why(first)).contains("no manifest", "yearly");
        assertThat(why(second)).contains("no manifest", "yearly");
        assertThat(why(third)).contains("yearly");

        world.pass(Duration.ofDays(8 * 365));
        days(2);
        assertThat(why(first)).isEqualTo("goes");
    }

    @Test
    void whatLacksItsManifestGoesWhenAWholeOneBesideAnEarlierGoodOneWould() throws Exception {
        String good = world.full();
        world.pass(Duration.ofHours(12));
        String left = world.full();
        remove(left, key -> key.endsWith("manifest.json"));
        world.pass(Duration.ofDays(28));
        days(1);
        assertThat(why(left)).contains("daily");

        days(3);
        assertThat(why(good)).contains("yearly");
        assertThat(why(left)).isEqualTo("goes");
    }

    @Test
    void whatLacksItsManifestStaysHoweverOldWhileNoNewerOneIsGood() throws Exception {
        world.base();
        world.full();
        world.pass(Duration.ofDays(1));
        String newest = world.full();
        remove(newest, key -> key.endsWith("manifest.json"));
        world.pass(Duration.ofDays(8 * 365));
        assertThat(why(newest)).contains("no manifest");

        days(1);
        assertThat(why(newest)).isEqualTo("goes");
    }

    private void remove(String id, Predicate<String> which) throws Exception {
        for (ObjectStore store : List.of(world.primary, world.dr)) {
            var keys = new ArrayList<String>();
            store.list("backups/", "", object -> keys.add(object.key()), CancelToken.never());
            keys.removeIf(key -> !key.contains(id) || !which.test(key));
            assertThat(keys).isNotEmpty();
            for (String key : keys) {
                store.delete(key);
            }
        }
    }

    private void ownWal(int days) {
        for (int day = 0; day < days; day++) {
            world.pass(Duration.ofHours(12));
            world.wal(2);
            world.pass(Duration.ofHours(12));
        }
    }

    @Test
    void stopsWhenARegionDoesNotAnswer() {
        days(2);
        ObjectStore lost =
                TestBuckets.refusing(
                        world.dr, name -> name.equals("list"), StorageException.Kind.UNREACHABLE);

        stopped(() -> planner(lost).plan(CancelToken.never()), ProblemCode.STORAGE_UNREACHABLE);
    }

    @Test
    void stopsWhenARegionIsEmpty() throws Exception {
        days(2);
        for (ObjectStore store : List.of(world.dr)) {
            for (var object : new ArrayList<>(all(store))) {
                store.delete(object);
            }
        }

        stopped(() -> world.plan(), ProblemCode.RETENTION_STOPPED);
    }

    @Test
    void stopsWhenTheListingOfWalIsEmpty() throws Exception {
        days(2);
        for (String key : all(world.primary)) {
            if (key.startsWith("wal/")) {
                world.primary.delete(key);
            }
        }

        stopped(() -> world.plan(), ProblemCode.RETENTION_STOPPED);
    }

    @Test
    void stopsWhenTheClockIsFarOff() {
        days(2);

        stopped(
                () -> planner(withSkew(world.dr, Duration.ofDays(-400))).plan(CancelToken.never()),
                ProblemCode.CLOCK_SKEWED);
    }

    @Test
    void stopsWhenABackupEndedInTheFuture() {
        days(2);
        world.pass(Duration.ofDays(-30));

        stopped(() -> world.plan(), ProblemCode.CLOCK_SKEWED);
    }

    @Test
    void doesExactlyThePlanThatWasShown() throws Exception {
        days(40);
        RetentionPlan shown = world.plan();
        world.buckets.put("wal/" + RetentionWorld.segment(1).name(), new byte[] {1, 2});

        stopped(() -> apply(shown), ProblemCode.PLAN_OUTDATED);
        assertThat(world.plan().removals()).isNotEmpty();

        RetentionPlan now = world.plan();
        Cleanup.Outcome outcome = apply(now);
        assertThat(outcome.removedBytes()).isEqualTo(now.bytes());
        assertThat(world.plan().removals()).isEmpty();
        assertThat(world.timeline().live()).hasSize(1);
        assertThat(outcome.plan().after().from()).isEqualTo(world.plan().before().from());
    }

    @Test
    void twoNeverCleanUpAtOnce() throws Exception {
        days(40);
        RetentionPlan shown = world.plan();
        var leases = new Leases(world.primary, "", Duration.ofMinutes(15), world.clock);

        try (var _ = leases.take(Cleanup.LEASE, "another host")) {
            stopped(() -> apply(shown), ProblemCode.LEASE_HELD);
            assertThat(world.plan().digest()).isEqualTo(shown.digest());
        }
        assertThat(apply(shown).removed()).isPositive();
    }

    @Test
    void aHoldSetAfterThePlanWasShownStopsIt() throws Exception {
        days(40);
        RetentionPlan shown = world.plan();
        String held = shown.removals().getFirst().name();
        world.holds()
                .set(new Hold("h", Optional.of(held), Optional.empty(), "x", "anna", world.now));

        stopped(() -> apply(shown), ProblemCode.PLAN_OUTDATED);
    }

    private Cleanup.Outcome apply(RetentionPlan plan) throws RecoveryException {
        return world.cleanup()
                .apply(plan.digest(), "test", CancelToken.never(), Progress.unwatched());
    }

    @Test
    void anInterruptedCleanupLeavesNothingThatLooksWholeAndIsNot() throws Exception {
        days(40);
        int deletes = world.plan().removals().stream().mapToInt(r -> r.targets().size()).sum();
        for (int after = 1; after < deletes; after += 7) {
            var counted = new int[] {after};
            ObjectStore dying = dyingAfter(world.primary, counted);
            var regions = new RegionPair(dying, world.dr, RegionChoice.AUTO);
            try {
                new Cleanup(
                                world.planner(),
                                regions,
                                regions,
                                new Leases(world.dr, "", Duration.ofMinutes(15), world.clock))
                        .applyNow("test", CancelToken.never(), Progress.unwatched());
            } catch (RecoveryException died) {
                assertThat(died.code()).isEqualTo(ProblemCode.STORAGE_UNREACHABLE);
            }
            for (CatalogEntry entry : world.catalog.load(CancelToken.never()).entries()) {
                assertThat(entry.isUsable() || entry.status() == BackupStatus.UNFINISHED)
                        .as(entry.id() + " " + entry.status())
                        .isTrue();
            }
        }
        world.clean();
        assertThat(world.catalog.load(CancelToken.never()).entries())
                .allMatch(CatalogEntry::isSafe);
    }

    @Test
    void fullsMoveToTheClassOfTheirGeneration() throws Exception {
        String old = world.buckets.fullOf(world.now.toString(), 200 << 10);
        String small = "backups/full/20250106/" + old + ".globals.sql.enc";
        String dump = "backups/full/20250106/" + old + ".dump.enc";
        String manifest = "backups/full/20250106/" + old + ".manifest.json";
        world.pass(Duration.ofDays(1));
        days(1);
        world.clean();
        assertThat(classOf(dump)).isEqualTo("STANDARD_IA");

        world.pass(Duration.ofDays(100));
        days(1);
        world.clean();
        assertThat(classOf(dump)).isEqualTo("GLACIER");

        world.pass(Duration.ofDays(400));
        days(1);
        world.clean();

        assertThat(classOf(small)).isEqualTo("STANDARD");
        assertThat(classOf(manifest)).isEqualTo("STANDARD");
        assertThat(entry(old).facts().storageClass()).isEqualTo("GLACIER");
    }

    private String classOf(String key) throws RecoveryException {
        assertThat(world.dr.head(key).orElseThrow().storageClass())
                .isEqualTo(world.primary.head(key).orElseThrow().storageClass());
        return world.primary.head(key).orElseThrow().storageClass();
    }

    private CatalogEntry entry(String id) throws RecoveryException {
        return world.catalog.load(CancelToken.never()).entries().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> all(ObjectStore store) throws RecoveryException {
        List<String> keys = new ArrayList<>();
        store.list("", "", object -> keys.add(object.key()), CancelToken.never());
        return keys;
    }

    private RetentionPlanner planner(ObjectStore dr) {
        var regions = new RegionPair(world.primary, dr, RegionChoice.AUTO);
        return new RetentionPlanner(
                TestBuckets.catalog(regions, cache, Optional.of(TestBuckets.RING)),
                world.windows(),
                regions,
                regions,
                "",
                world.holds(),
                world.rules,
                world.clock);
    }

    private static ObjectStore withSkew(ObjectStore store, Duration skew) {
        return proxy(
                store,
                (name, answer) ->
                        answer instanceof Probe probe
                                ? new Probe(
                                        probe.store(),
                                        probe.list(),
                                        probe.read(),
                                        Optional.of(skew),
                                        probe.credentials())
                                : answer);
    }

    private static ObjectStore dyingAfter(ObjectStore store, int[] deletes) {
        return proxy(
                store,
                (name, answer) -> {
                    synchronized (deletes) {
                        if (name.equals("delete") && deletes[0]-- <= 0) {
                            throw new StorageException(
                                    StorageException.Kind.UNREACHABLE, "x.", "x.", "x.");
                        }
                    }
                    return answer;
                });
    }

    /** What becomes of an answer. */
    private interface Change {
        Object of(String method, Object answer) throws RecoveryException;
    }

    private static ObjectStore proxy(ObjectStore store, Change change) {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        ObjectStore.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (_, method, arguments) -> {
                            try {
                                return change.of(method.getName(), method.invoke(store, arguments));
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }
}
