package dev.lifeboat.restore.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.memory.MemoryStore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Safety rule 5: every byte restored has been checked against the manifest. */
class BaseFetchTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final long HEAP = 64 << 20;

    private static EncryptionKey key;
    private static EncryptionKey otherKey;

    @TempDir Path folder;
    private final Host host = new LocalHost();
    private final ObjectStore primary = new MemoryStore("s3://primary", CLOCK);
    private final ObjectStore dr = new MemoryStore("s3://dr", CLOCK);
    private final Progress progress = Progress.unwatched();
    private final Remembered record = new Remembered(progress);
    private final byte[] large = new byte[40_000];
    private Path data;
    private Path tablespace;
    private List<StoredObject> frames;

    @BeforeEach
    void storeABase() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        tablespace = Files.createDirectory(folder.resolve("ts"));
        new Random(1).nextBytes(large);
        var stream = new FramedStream("backups/base/b", key, 8192, List.of(primary, dr));
        frames = new ArrayList<>();
        frames.addAll(
                stream.store(
                        "base",
                        new Tar()
                                .file("backup_label", "label")
                                .file("base/5/1259", large)
                                .file("global/pg_control", "control")
                                .end()));
        frames.addAll(
                stream.store("16400", new Tar().file("PG_15_202209061/5/16401", large).end()));
    }

    @BeforeAll
    static void deriveKeys() {
        key = EncryptionKey.of(Secret.of("correct horse battery staple"));
        otherKey = EncryptionKey.of(Secret.of("another passphrase"));
    }

    @AfterAll
    static void close() {
        key.close();
        otherKey.close();
    }

    @Test
    void unpacksAllStreamsToTheirDirectories() throws Exception {
        fetch(key);

        assertEverythingIsThere();
        assertThat(progress.done()).isEqualTo(progress.total());
        assertThat(record.placed.values()).containsOnly("primary");
    }

    @Test
    void tellsWhatIsUnderWayAndForgetsWhatIsOver() throws Exception {
        fetch(key);
        assertThat(record.underWay)
                .hasSize(frames.size())
                .allMatch(name -> name.matches("(base|16400) [0-9]+ \\(.*B\\)"));
        assertThat(progress.inFlight()).isEmpty();

        record.placed.clear();
        primary.delete(frames.getLast().key());
        dr.delete(frames.getLast().key());
        assertThatThrownBy(() -> fetch(key)).isInstanceOf(RecoveryException.class);
        assertThat(progress.inFlight()).isEmpty();
    }

    @Test
    void takesFromTheOtherRegionWhatIsDamagedOrMissingInOne() throws Exception {
        damage(primary, frames.get(2), false);
        primary.delete(frames.get(4).key());
        damage(dr, frames.get(5), true);

        fetch(key);

        assertEverythingIsThere();
        assertThat(record.placed.get(frames.get(2).key())).isEqualTo("dr");
        assertThat(record.placed.get(frames.get(4).key())).isEqualTo("dr");
        assertThat(record.placed.get(frames.get(5).key())).isEqualTo("primary");
        assertThat(record.refused).contains("primary " + frames.get(2).key());
        assertThat(progress.done()).isEqualTo(progress.total());
    }

    @Test
    void placesNothingOfAFrameThatIsGoodInNoRegion() throws Exception {
        StoredObject bad = frames.getFirst();
        damage(primary, bad, false);
        damage(dr, bad, true);

        assertThatThrownBy(() -> fetch(key)).isInstanceOf(RecoveryException.class);

        assertThat(record.placed).doesNotContainKey(bad.key());
        assertThat(data.resolve("backup_label")).doesNotExist();
    }

    @Test
    void takesNoFrameThatWasReplacedByAnotherGoodOne() throws Exception {
        for (ObjectStore store : List.of(primary, dr)) {
            byte[] other;
            try (var bytes = store.get(frames.get(1).key(), ByteRange.whole(), null)) {
                other = bytes.readAllBytes();
            }
            store.put(frames.get(2).key(), ByteSource.of(other), PutOptions.plain());
        }

        assertThatThrownBy(() -> fetch(key)).isInstanceOf(RecoveryException.class);
        assertThat(record.placed).doesNotContainKey(frames.get(2).key());
    }

    @Test
    void namesTheWrongKeyBeforeItFetchesAnything() throws Exception {
        assertThatThrownBy(() -> fetch(otherKey))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.KEY_WRONG));
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void goesOnWhereAnEarlierProcessStopped() throws Exception {
        primary.delete(frames.getLast().key());
        dr.delete(frames.getLast().key());
        assertThatThrownBy(() -> fetch(key)).isInstanceOf(RecoveryException.class);
        int placed = record.placed.size();
        storeAgain(frames.getLast());

        fetch(key);

        assertEverythingIsThere();
        assertThat(record.placements).hasSize(frames.size());
        assertThat(placed).isLessThan(frames.size());
    }

    @Test
    void stopsWhenItIsAskedTo() {
        var cancel = CancelToken.never();
        cancel.cancel();

        assertThatThrownBy(() -> fetch(key, cancel)).isInstanceOf(CancelledException.class);
        assertThat(record.placed).isEmpty();
    }

    @Test
    void refusesFramesThatMemoryDoesNotBear() {
        assertThatThrownBy(() -> FrameSizes.of(frames, 10_000))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.HOST_FAILURE));
    }

    private void fetch(EncryptionKey with) throws RecoveryException {
        fetch(with, CancelToken.never());
    }

    private void fetch(EncryptionKey with, CancelToken cancel) throws RecoveryException {
        progress.setDone(0);
        new BaseFetch(
                        new RegionPair(primary, dr, RegionChoice.AUTO),
                        new KeyRing(List.of(with)),
                        manifest(),
                        data,
                        Map.of(16400L, tablespace),
                        host,
                        host.currentUser())
                .run(3, HEAP, record, progress, cancel);
    }

    private void assertEverythingIsThere() {
        assertThat(data.resolve("backup_label")).hasContent("label");
        assertThat(data.resolve("base/5/1259")).hasBinaryContent(large);
        assertThat(data.resolve("global/pg_control.lifeboat")).hasContent("control");
        assertThat(tablespace.resolve("PG_15_202209061/5/16401")).hasBinaryContent(large);
        assertThat(record.placed.keySet())
                .isEqualTo(Set.copyOf(frames.stream().map(StoredObject::key).toList()));
    }

    private void storeAgain(StoredObject frame) throws Exception {
        frames =
                new ArrayList<>(
                        frames.stream().filter(each -> each.stream().equals("base")).toList());
        record.placed.keySet().removeIf(placed -> placed.contains("/16400."));
        record.placements.removeIf(placed -> placed.contains("/16400."));
        frames.addAll(
                new FramedStream("backups/base/b", key, 8192, List.of(primary, dr))
                        .store(
                                frame.stream(),
                                new Tar().file("PG_15_202209061/5/16401", large).end()));
    }

    /** Flips a bit, or cuts off the end. */
    private static void damage(ObjectStore store, StoredObject frame, boolean cut)
            throws Exception {
        byte[] bytes;
        try (var stored = store.get(frame.key(), ByteRange.whole(), null)) {
            bytes = stored.readAllBytes();
        }
        bytes[bytes.length / 2] ^= 1;
        store.put(
                frame.key(),
                ByteSource.of(bytes, 0, cut ? bytes.length - 16 : bytes.length),
                PutOptions.plain());
    }

    private Manifest manifest() {
        return new Manifest(
                Manifest.FORMAT,
                "b",
                BackupKind.BASE,
                "postgres",
                "7000000000000000000",
                150018,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                0,
                new Manifest.Encryption("aes-256-cbc", "pbkdf2", 10000, key.fingerprint().hex()),
                "zstd",
                frames,
                null,
                null,
                List.of(),
                List.of(),
                null);
    }

    private static final class Remembered implements FrameRecord {
        private final Set<String> underWay = ConcurrentHashMap.newKeySet();
        private final Progress progress;

        private Remembered(Progress progress) {
            this.progress = progress;
        }

        private final Map<String, String> placed = new ConcurrentHashMap<>();
        private final List<String> placements = new CopyOnWriteArrayList<>();
        private final List<String> refused = new CopyOnWriteArrayList<>();

        @Override
        public boolean isPlaced(StoredObject frame) {
            return placed.containsKey(frame.key());
        }

        @Override
        public void placed(StoredObject frame, String region) {
            underWay.addAll(progress.inFlight());
            placements.add(frame.key());
            placed.put(frame.key(), region);
        }

        @Override
        public void refused(StoredObject frame, String region, Problem problem) {
            refused.add(region + " " + frame.key());
        }
    }
}
