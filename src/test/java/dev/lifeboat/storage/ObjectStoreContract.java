package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException.Kind;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What every store promises. A subclass gives an empty store for each test. */
public abstract class ObjectStoreContract {
    private static final int PART = (int) MultipartUpload.MIN_PART_BYTES;
    protected ObjectStore store;

    protected abstract ObjectStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void givesBackTheBytesAndTheDescriptionThatWerePut() throws Exception {
        byte[] body = random(100_000);

        ObjectInfo put =
                store.put(
                        "wal/one",
                        ByteSource.of(body),
                        PutOptions.plain()
                                .withMetadata(Map.of("sha256", "abc", "key-print", "k 1")));

        ObjectInfo head = store.head("wal/one").orElseThrow();
        assertThat(read("wal/one", ByteRange.whole())).isEqualTo(body);
        assertThat(head.sizeBytes()).isEqualTo(100_000);
        assertThat(head.etag()).isEqualTo(put.etag()).doesNotContain("\"").isNotEmpty();
        assertThat(head.metadata())
                .containsEntry("sha256", "abc")
                .containsEntry("key-print", "k 1");
        assertThat(head.storageClass()).isEqualTo("STANDARD");
        assertThat(head.availability().isReadable()).isTrue();
        assertThat(put.sizeBytes()).isEqualTo(100_000);
    }

    @Test
    void storesAnEmptyObject() throws Exception {
        store.put("empty", ByteSource.of(new byte[0]), PutOptions.plain());

        assertThat(read("empty", ByteRange.whole())).isEmpty();
        assertThat(store.head("empty").orElseThrow().sizeBytes()).isZero();
    }

    @Test
    void provesAbsence() throws Exception {
        put("there", "x");

        assertThat(store.head("not/there")).isEmpty();
        assertThat(store.head("ther")).isEmpty();
        fails(Kind.ABSENT, () -> store.get("not/there", ByteRange.whole(), null));
        fails(Kind.ABSENT, () -> store.get("not/there", ByteRange.from(5), null));
    }

    @Test
    void givesEveryKindOfRange() throws Exception {
        put("digits", "0123456789");

        assertThat(text("digits", ByteRange.of(0, 1))).isEqualTo("0");
        assertThat(text("digits", ByteRange.of(3, 4))).isEqualTo("3456");
        assertThat(text("digits", ByteRange.of(8, 100))).isEqualTo("89");
        assertThat(text("digits", ByteRange.from(7))).isEqualTo("789");
        assertThat(text("digits", ByteRange.last(3))).isEqualTo("789");
        assertThat(text("digits", ByteRange.last(30))).isEqualTo("0123456789");
        assertThat(text("digits", ByteRange.from(0))).isEqualTo("0123456789");
    }

    @Test
    void tellsWhichBytesAStreamHolds() throws Exception {
        put("digits", "0123456789");

        try (ObjectStream stream = store.get("digits", ByteRange.last(4), null)) {
            assertThat(stream.firstByte()).isEqualTo(6);
            assertThat(stream.lengthBytes()).isEqualTo(4);
            assertThat(stream.info().sizeBytes()).isEqualTo(10);
            assertThat(stream.info().key()).isEqualTo("digits");
        }
    }

    @Test
    void refusesARangeBehindTheEnd() throws Exception {
        put("digits", "0123456789");

        fails(Kind.RANGE, () -> store.get("digits", ByteRange.from(10), null));
        fails(Kind.RANGE, () -> store.get("digits", ByteRange.of(11, 5), null));
    }

    @Test
    void noticesAReplacedObject() throws Exception {
        String old = put("frame", "old").etag();
        assertThat(read("frame", ByteRange.whole(), old))
                .isEqualTo("old".getBytes(StandardCharsets.UTF_8));

        String fresh = put("frame", "new!").etag();

        assertThat(fresh).isNotEqualTo(old);
        fails(Kind.CHANGED, () -> store.get("frame", ByteRange.from(1), old));
    }

    @Test
    void givesBackAStreamThatWasNotReadToItsEnd() throws Exception {
        store.put("large", ByteSource.of(random(3_000_000)), PutOptions.plain());

        for (int i = 0; i < 20; i++) {
            try (ObjectStream stream = store.get("large", ByteRange.whole(), null)) {
                assertThat(stream.read()).isNotNegative();
            }
        }
    }

    @Test
    void replacesUnlessToldNotTo() throws Exception {
        put("key", "first");

        fails(
                Kind.EXISTS,
                () ->
                        store.put(
                                "key",
                                ByteSource.of(bytes("second")),
                                PutOptions.plain().onlyIfAbsent()));
        assertThat(text("key", ByteRange.whole())).isEqualTo("first");

        put("key", "third");
        assertThat(text("key", ByteRange.whole())).isEqualTo("third");
        store.put("other", ByteSource.of(bytes("x")), PutOptions.plain().onlyIfAbsent());
        assertThat(text("other", ByteRange.whole())).isEqualTo("x");
    }

    @Test
    void letsOneOfManyWinWhoPutIfAbsent() throws Exception {
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] body = bytes("writer " + i);
            writers.add(
                    () -> {
                        try {
                            store.put(
                                    "contended",
                                    ByteSource.of(body),
                                    PutOptions.plain().onlyIfAbsent());
                            return true;
                        } catch (StorageException failure) {
                            assertThat(failure.kind()).isIn(Kind.EXISTS, Kind.THROTTLED);
                            return false;
                        }
                    });
        }

        int winners = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> outcome : threads.invokeAll(writers)) {
                winners += outcome.get() ? 1 : 0;
            }
        }

        assertThat(winners).isEqualTo(1);
    }

    @Test
    void keepsTheStorageClass() throws Exception {
        store.put(
                "monthly",
                ByteSource.of(bytes("x")),
                PutOptions.plain().withStorageClass("STANDARD_IA"));

        assertThat(store.head("monthly").orElseThrow().storageClass()).isEqualTo("STANDARD_IA");
        assertThat(listed("")).hasSize(1);
        assertThat(infos("").getFirst().storageClass()).isEqualTo("STANDARD_IA");
    }

    @Test
    void listsAPrefixInKeyOrder() throws Exception {
        for (String key : List.of("wal/b", "wal/a", "wal/c/d", "wal.txt", "backups/x", "wal/B")) {
            put(key, key);
        }

        assertThat(listed("wal/")).containsExactly("wal/B", "wal/a", "wal/b", "wal/c/d");
        assertThat(listed("wal")).containsExactly("wal.txt", "wal/B", "wal/a", "wal/b", "wal/c/d");
        assertThat(listed("")).hasSize(6).isSortedAccordingTo(Keys.ORDER);
        assertThat(listed("nothing/")).isEmpty();
    }

    @Test
    void listsWhatItKnows() throws Exception {
        ObjectInfo put = put("wal/a", "12345");

        ObjectInfo listed = infos("wal/").getFirst();

        assertThat(listed.key()).isEqualTo("wal/a");
        assertThat(listed.sizeBytes()).isEqualTo(5);
        assertThat(listed.etag()).isEqualTo(put.etag());
        assertThat(listed.lastModified())
                .isEqualTo(store.head("wal/a").orElseThrow().lastModified());
        assertThat(listed.availability().isReadable()).isTrue();
    }

    @Test
    void listsBehindAKeyWhetherItExistsOrNot() throws Exception {
        for (String key : List.of("wal/a", "wal/b", "wal/c")) {
            put(key, key);
        }

        assertThat(listed("wal/", "wal/a")).containsExactly("wal/b", "wal/c");
        assertThat(listed("wal/", "wal/aa")).containsExactly("wal/b", "wal/c");
        assertThat(listed("wal/", "wal/c")).isEmpty();
        assertThat(listed("wal/", "a")).containsExactly("wal/a", "wal/b", "wal/c");
        assertThat(listed("wal/", "x")).isEmpty();
    }

    @Test
    void stopsListingWhenTheVisitorHasEnough() throws Exception {
        for (int i = 0; i < 10; i++) {
            put("k" + i, "x");
        }
        List<String> seen = new ArrayList<>();

        store.list(
                "",
                "",
                object -> {
                    seen.add(object.key());
                    return seen.size() < 3;
                },
                CancelToken.never());

        assertThat(seen).containsExactly("k0", "k1", "k2");
    }

    @Test
    void stopsListingWhenCancelled() throws Exception {
        put("a", "x");
        CancelToken cancelled = new CancelToken();
        cancelled.cancel();

        assertThatThrownBy(() -> store.list("", "", _ -> true, cancelled))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void handsOnWhatTheVisitorThrows() throws Exception {
        put("a", "x");
        var mine = StorageException.truncated("here", "a", 1, 2, null);
        int[] visits = {0};

        assertThatThrownBy(
                        () ->
                                store.list(
                                        "",
                                        "",
                                        _ -> {
                                            visits[0]++;
                                            throw mine;
                                        },
                                        CancelToken.never()))
                .isSameAs(mine);
        assertThat(visits[0]).isEqualTo(1);
    }

    @Test
    void keepsKeysWithUnusualCharacters() throws Exception {
        List<String> keys =
                List.of("a b", "a+b", "a%2Fb", "a&b=c", "tablespace:16400", "Größe", "q?x#y");
        for (String key : keys) {
            put(key, key);
        }

        assertThat(listed("")).containsExactlyInAnyOrderElementsOf(keys);
        for (String key : keys) {
            assertThat(text(key, ByteRange.whole())).isEqualTo(key);
        }
    }

    @Test
    void deletesAndDoesNotMindWhatIsGone() throws Exception {
        put("dir/a", "x");
        put("dir/b", "y");

        store.delete("dir/a");
        store.delete("dir/a");
        store.delete("never/there");

        assertThat(listed("")).containsExactly("dir/b");
        assertThat(store.head("dir/a")).isEmpty();
    }

    @Test
    void joinsPartsInTheOrderOfTheirNumbers() throws Exception {
        byte[] body = random(2 * PART + 1234);

        ObjectInfo completed;
        try (MultipartUpload upload =
                store.begin("big", PutOptions.plain().withMetadata(Map.of("kind", "base")))) {
            upload.part(3, ByteSource.of(body, 2 * PART, 1234));
            upload.part(1, ByteSource.of(body, 7, PART));
            upload.part(2, ByteSource.of(body, PART, PART));
            upload.part(1, ByteSource.of(body, 0, PART));
            assertThat(store.head("big")).isEmpty();
            completed = upload.complete();
        }

        assertThat(read("big", ByteRange.whole())).isEqualTo(body);
        assertThat(completed.sizeBytes()).isEqualTo(body.length);
        ObjectInfo head = store.head("big").orElseThrow();
        assertThat(head.etag()).isEqualTo(completed.etag());
        assertThat(head.metadata()).containsEntry("kind", "base");
        assertThat(store.pendingUploads("")).isEmpty();
    }

    @Test
    void leavesNothingOfAnUploadThatWasClosedBeforeItsEnd() throws Exception {
        try (MultipartUpload upload = store.begin("big", PutOptions.plain())) {
            upload.part(1, ByteSource.of(bytes("part")));
            assertThat(store.pendingUploads("").getFirst().key()).isEqualTo("big");
        }

        assertThat(store.pendingUploads("")).isEmpty();
        assertThat(store.head("big")).isEmpty();
        assertThat(listed("")).isEmpty();
    }

    @Test
    void abortsWhatSomebodyElseLeftPending() throws Exception {
        MultipartUpload left = store.begin("backups/left", PutOptions.plain());
        left.part(1, ByteSource.of(bytes("part")));
        try (MultipartUpload _ = store.begin("wal/other", PutOptions.plain())) {
            PendingUpload pending = store.pendingUploads("backups/").getFirst();
            assertThat(store.pendingUploads("backups/")).hasSize(1);

            store.abort(pending);
            store.abort(pending);

            assertThat(store.pendingUploads("backups/")).isEmpty();
            assertThat(store.pendingUploads("")).hasSize(1);
            fails(Kind.UPLOAD_GONE, left::complete);
        }
        assertThat(store.head("backups/left")).isEmpty();
    }

    @Test
    void completesNothingOverAnObjectWhenToldNotTo() throws Exception {
        try (MultipartUpload upload = store.begin("key", PutOptions.plain().onlyIfAbsent())) {
            upload.part(1, ByteSource.of(bytes("mine")));
            put("key", "theirs");

            fails(Kind.EXISTS, upload::complete);
        }

        assertThat(text("key", ByteRange.whole())).isEqualTo("theirs");
        assertThat(store.pendingUploads("")).isEmpty();
    }

    @Test
    void copiesWithMetadata() throws Exception {
        store.put(
                "from",
                ByteSource.of(bytes("content")),
                PutOptions.plain().withMetadata(Map.of("sha256", "abc")));

        store.copy("from", "to/here");

        assertThat(text("to/here", ByteRange.whole())).isEqualTo("content");
        assertThat(store.head("to/here").orElseThrow().metadata()).containsEntry("sha256", "abc");
        fails(Kind.ABSENT, () -> store.copy("nothing", "to/nothing"));
        fails(Kind.EXISTS, () -> ObjectCopy.copy(store, "from", store, "to/here", true));
    }

    @Test
    void findsItselfUsable() throws Exception {
        put("wal/a", "x");

        assertThat(store.probe("wal/").isUsable()).isTrue();
        assertThat(store.probe("nothing/here/").isUsable()).isTrue();
        assertThat(store.probe("").store()).isEqualTo(store.name());
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        byte[] body = random(200_000);
        List<Callable<byte[]>> work = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String key = "thread/" + i;
            work.add(
                    () -> {
                        store.put(key, ByteSource.of(body), PutOptions.plain());
                        return read(key, ByteRange.whole());
                    });
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<byte[]> result : threads.invokeAll(work)) {
                assertThat(result.get()).isEqualTo(body);
            }
        }

        assertThat(listed("thread/")).hasSize(32);
    }

    protected final ObjectInfo put(String key, String content) throws RecoveryException {
        return store.put(key, ByteSource.of(bytes(content)), PutOptions.plain());
    }

    protected final List<String> listed(String prefix) throws RecoveryException {
        return listed(prefix, "");
    }

    protected final byte[] read(String key, ByteRange range) throws Exception {
        return read(key, range, null);
    }

    protected final String text(String key, ByteRange range) throws Exception {
        return new String(read(key, range), StandardCharsets.UTF_8);
    }

    protected static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static void fails(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.kind()).as("%s", failure).isEqualTo(kind));
    }

    private byte[] read(String key, ByteRange range, String etag) throws Exception {
        try (ObjectStream stream = store.get(key, range, etag)) {
            byte[] bytes = stream.readAllBytes();
            assertThat(stream.lengthBytes()).isEqualTo(bytes.length);
            return bytes;
        }
    }

    private List<String> listed(String prefix, String after) throws RecoveryException {
        List<String> keys = new ArrayList<>();
        store.list(prefix, after, object -> keys.add(object.key()), CancelToken.never());
        return keys;
    }

    private List<ObjectInfo> infos(String prefix) throws RecoveryException {
        List<ObjectInfo> infos = new ArrayList<>();
        store.list(prefix, "", infos::add, CancelToken.never());
        return infos;
    }
}
