package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region.Role;
import dev.lifeboat.storage.StorageException.Kind;
import dev.lifeboat.storage.memory.MemoryStore;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class RegionPairTest {
    private final MemoryStore primary = new MemoryStore("s3://primary", Clock.systemUTC());
    private final MemoryStore dr = new MemoryStore("s3://dr", Clock.systemUTC());
    private final FaultyStore primaryLine =
            new FaultyStore(primary, Faults.none(), new Random(1), _ -> {});
    private final FaultyStore drLine = new FaultyStore(dr, Faults.none(), new Random(1), _ -> {});
    private final RegionPair pair = new RegionPair(primaryLine, drLine, RegionChoice.AUTO);

    @Test
    void provesAbsenceOnlyWhenEveryRegionDid() throws Exception {
        assertThat(pair.provenAbsent("wal/a")).isTrue();

        put(dr, "wal/a", "x");
        assertThat(pair.provenAbsent("wal/a")).isFalse();
        assertThat(pair.provenAbsent("wal/b")).isTrue();

        drLine.setFaults(Faults.darkness());
        fails(Kind.UNREACHABLE, () -> pair.provenAbsent("wal/a"));
        primaryLine.setFaults(Faults.darkness());
        fails(Kind.UNREACHABLE, () -> pair.provenAbsent("wal/a"));
    }

    @Test
    void provesPresenceThroughOneRegion() throws Exception {
        put(dr, "wal/a", "x");
        primaryLine.setFaults(Faults.darkness());

        assertThat(pair.provenAbsent("wal/a")).isFalse();
        assertThat(pair.find("wal/a").orElseThrow().region().role()).isEqualTo(Role.DR);
        fails(Kind.UNREACHABLE, () -> pair.find("wal/b"));
    }

    @Test
    void saysAbsentOnlyWhenEveryRegionDid() throws Exception {
        fails(Kind.ABSENT, () -> pair.get("wal/a", ByteRange.whole()));

        drLine.setFaults(Faults.darkness());
        assertThatThrownBy(() -> pair.get("wal/a", ByteRange.whole()))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> {
                            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
                            assertThat(failure.problem().why())
                                    .contains("primary (s3://primary)")
                                    .contains("dr (s3://dr)");
                        });
        primaryLine.setFaults(Faults.darkness());
        drLine.setFaults(Faults.none());
        fails(Kind.UNREACHABLE, () -> pair.get("wal/a", ByteRange.whole()));
    }

    @Test
    void locatesInBothRegions() throws Exception {
        put(primary, "both", "x");
        put(dr, "both", "x");
        put(dr, "one", "x");

        assertThat(states("both")).containsExactly(Presence.State.PRESENT, Presence.State.PRESENT);
        assertThat(states("one")).containsExactly(Presence.State.MISSING, Presence.State.PRESENT);
        primaryLine.setFaults(Faults.darkness());
        assertThat(states("one"))
                .containsExactly(Presence.State.UNREACHABLE, Presence.State.PRESENT);
        assertThat(pair.locate("one").getFirst().problem().orElseThrow().code())
                .isEqualTo(ProblemCode.STORAGE_UNREACHABLE);
    }

    @Test
    void readsFromWhicheverRegionHasIt() throws Exception {
        put(primary, "both", "primary");
        put(dr, "both", "other!!");
        put(dr, "one", "dr");

        assertThat(text("both")).isEqualTo("primary");
        assertThat(text("one")).isEqualTo("dr");
        primaryLine.setFaults(Faults.darkness());
        assertThat(text("both")).isEqualTo("other!!");
    }

    @Test
    void goesOnFromTheOtherRegionWhenTheObjectIsTheSame() throws Exception {
        byte[] body = random();
        primary.put("frame", ByteSource.of(body), PutOptions.plain());
        dr.put("frame", ByteSource.of(body), PutOptions.plain());
        primaryLine.setFaults(new Faults(0, 0, 0, 1, 0, 0, 0, Duration.ZERO));

        try (ObjectStream stream = pair.get("frame", ByteRange.from(100))) {
            assertThat(stream.readAllBytes())
                    .isEqualTo(java.util.Arrays.copyOfRange(body, 100, body.length));
        }
    }

    @Test
    void doesNotJoinTwoDifferentObjects() throws Exception {
        primary.put("frame", ByteSource.of(random()), PutOptions.plain());
        dr.put("frame", ByteSource.of(new byte[random().length]), PutOptions.plain());
        primaryLine.setFaults(new Faults(0, 0, 0, 1, 0, 0, 0, Duration.ZERO));

        try (ObjectStream stream = pair.get("frame", ByteRange.whole())) {
            assertThatThrownBy(stream::readAllBytes).hasMessageContaining("ended early");
        }
    }

    @Test
    void passesOverACopyTheReaderRefuses() throws Exception {
        put(primary, "frame", "damaged");
        put(dr, "frame", "good");
        List<Role> tried = new ArrayList<>();

        String read = pair.read("frame", (region, bytes) -> good(region, bytes, tried));

        assertThat(read).isEqualTo("good");
        assertThat(tried).containsExactly(Role.PRIMARY, Role.DR);
    }

    @Test
    void saysWhatEachRegionGaveWhenNoneIsGood() throws Exception {
        put(primary, "frame", "damaged");
        drLine.setFaults(Faults.darkness());

        assertThatThrownBy(() -> pair.read("frame", (r, b) -> good(r, b, new ArrayList<>())))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ProblemCode.OBJECT_DAMAGED);
                            assertThat(failure.problem().why()).contains("failed on purpose");
                        });
    }

    @Test
    void asksNoOtherRegionWhenTheReaderWasStopped() throws Exception {
        put(primary, "frame", "x");
        put(dr, "frame", "x");
        List<Role> tried = new ArrayList<>();

        assertThatThrownBy(
                        () ->
                                pair.read(
                                        "frame",
                                        (region, _) -> {
                                            tried.add(region.role());
                                            throw new CancelledException();
                                        }))
                .isInstanceOf(CancelledException.class);
        assertThat(tried).containsExactly(Role.PRIMARY);
    }

    private static String good(Region region, ObjectStream bytes, List<Role> tried)
            throws RecoveryException, java.io.IOException {
        tried.add(region.role());
        String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        if (!text.equals("good")) {
            throw new RecoveryException(
                    ProblemCode.OBJECT_DAMAGED,
                    "It is damaged.",
                    "It is not good.",
                    "Use another.");
        }
        return text;
    }

    @Test
    void writesToThePrimaryAndToDrOnlyWhileItIsUnavailable() throws Exception {
        assertThat(pair.put("a", source("x"), PutOptions.plain()).region().role())
                .isEqualTo(Role.PRIMARY);
        assertThat(dr.head("a")).isEmpty();

        primaryLine.setFaults(Faults.darkness());
        StoredIn diverted = pair.put("b", source("x"), PutOptions.plain());

        assertThat(diverted.region().role()).isEqualTo(Role.DR);
        assertThat(diverted.diverted().orElseThrow().code())
                .isEqualTo(ProblemCode.STORAGE_UNREACHABLE);
        assertThat(dr.head("b")).isPresent();
    }

    @Test
    void doesNotDivertWhatThePrimaryRefuses() throws Exception {
        put(primary, "a", "x");

        fails(Kind.EXISTS, () -> pair.put("a", source("y"), PutOptions.plain().onlyIfAbsent()));
        primaryLine.setFaults(new Faults(0, 1, 0, 0, 0, 0, 0, Duration.ZERO));
        fails(Kind.THROTTLED, () -> pair.put("b", source("y"), PutOptions.plain()));

        assertThat(dr.head("a")).isEmpty();
        assertThat(dr.head("b")).isEmpty();
    }

    @Test
    void choosesOnceWhereAJobWrites() throws Exception {
        assertThat(pair.destination().region().role()).isEqualTo(Role.PRIMARY);
        primaryLine.setFaults(new Faults(0, 1, 0, 0, 0, 0, 0, Duration.ZERO));
        assertThat(pair.destination().region().role()).isEqualTo(Role.PRIMARY);
        primaryLine.setFaults(Faults.darkness());
        assertThat(pair.destination().region().role()).isEqualTo(Role.DR);
        assertThat(pair.destination().diverted()).isPresent();
    }

    @Test
    void neverContactsARegionOutsideTheChoice() throws Exception {
        for (RegionChoice choice : List.of(RegionChoice.PRIMARY, RegionChoice.DR)) {
            StoreMeter inside = new StoreMeter();
            StoreMeter outside = new StoreMeter();
            boolean isDr = choice == RegionChoice.DR;
            RegionPair one =
                    new RegionPair(
                            new MeteredStore(primary, isDr ? outside : inside),
                            new MeteredStore(dr, isDr ? inside : outside),
                            choice);

            one.put("x", source("x"), PutOptions.plain());
            one.locate("x");
            one.find("nothing");
            assertThat(one.provenAbsent("nothing")).isTrue();
            one.get("x", ByteRange.whole()).close();
            fails(Kind.ABSENT, () -> one.get("nothing", ByteRange.whole()));
            one.destination();

            assertThat(one.regions()).hasSize(1);
            assertThat(inside.snapshot().calls()).isPositive();
            assertThat(outside.snapshot().calls()).isZero();
        }
        assertThatThrownBy(() -> new RegionPair(primary, null, RegionChoice.DR))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new RegionPair(primary, null, RegionChoice.AUTO).regions()).hasSize(1);
    }

    @Test
    void copiesWhatTheOtherRegionLacksManifestsLast() throws Exception {
        put(primary, "backups/a/base.tar.0000000", "frame");
        put(primary, "backups/a/manifest.json", "manifest");
        put(primary, "backups/b", "already there");
        put(dr, "backups/b", "already there");
        put(primary, "backups/c", "primary");
        put(dr, "backups/c", "another size");
        primary.put(
                "backups/d", source("cold"), PutOptions.plain().withStorageClass("DEEP_ARCHIVE"));
        put(primary, "wal/x", "elsewhere");
        List<String> order = new ArrayList<>();
        ObjectStore recording =
                new StoreDecorator(dr) {
                    @Override
                    public ObjectInfo put(String key, ByteSource body, PutOptions options)
                            throws RecoveryException {
                        order.add(key);
                        return super.put(key, body, options);
                    }

                    @Override
                    public ObjectStore innermost() {
                        return this; // so that the bytes are streamed
                    }

                    @Override
                    public java.util.Optional<ObjectInfo> copyFrom(
                            ObjectStore s, String f, String t, boolean a) {
                        return java.util.Optional.empty();
                    }
                };
        Progress progress = new Progress();

        RegionCopy.Outcome outcome =
                new RegionCopy(primary, recording, 4)
                        .copyMissing(
                                "backups/",
                                key -> key.endsWith("manifest.json"),
                                CancelToken.never(),
                                progress);

        assertThat(order).containsExactly("backups/a/base.tar.0000000", "backups/a/manifest.json");
        assertThat(outcome.copied()).isEqualTo(2);
        assertThat(outcome.copiedBytes()).isEqualTo(13);
        assertThat(outcome.present()).isEqualTo(1);
        assertThat(outcome.different()).containsExactly("backups/c");
        assertThat(outcome.archived()).containsExactly("backups/d");
        assertThat(progress.done()).isEqualTo(progress.total()).isEqualTo(13);
        assertThat(text(dr, "backups/c")).isEqualTo("another size");
        assertThat(dr.head("wal/x")).isEmpty();
    }

    @Test
    void stopsCopyingAtTheFirstFailureAndKeepsManifestsBack() throws Exception {
        put(primary, "a/frame", "frame");
        put(primary, "a/manifest.json", "manifest");
        drLine.setFaults(new Faults(0, 0, 0, 0, 0, 0, 0, Duration.ZERO));
        ObjectStore refusing =
                new StoreDecorator(dr) {
                    @Override
                    public java.util.Optional<ObjectInfo> copyFrom(
                            ObjectStore s, String from, String t, boolean a)
                            throws RecoveryException {
                        if (from.endsWith("frame")) {
                            throw StorageException.archived("s3://primary", from);
                        }
                        return super.copyFrom(s, from, t, a);
                    }
                };

        fails(
                Kind.ARCHIVED,
                () ->
                        new RegionCopy(primary, refusing, 2)
                                .copyMissing(
                                        "",
                                        key -> key.endsWith("manifest.json"),
                                        CancelToken.never(),
                                        Progress.unwatched()));

        assertThat(dr.head("a/manifest.json")).isEmpty();
    }

    private List<Presence.State> states(String key) throws RecoveryException {
        return pair.locate(key).stream().map(Presence::state).toList();
    }

    private String text(String key) throws Exception {
        try (ObjectStream stream = pair.get(key, ByteRange.whole())) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(ObjectStore store, String key) throws Exception {
        try (ObjectStream stream = store.get(key, ByteRange.whole(), null)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void put(ObjectStore store, String key, String text) throws RecoveryException {
        store.put(key, source(text), PutOptions.plain());
    }

    private static ByteSource source(String text) {
        return ByteSource.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random() {
        byte[] bytes = new byte[100_000];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    private static void fails(
            Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.kind()).as("%s", failure).isEqualTo(kind));
    }
}
