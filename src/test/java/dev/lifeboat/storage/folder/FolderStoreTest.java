package dev.lifeboat.storage.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectStoreContract;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class FolderStoreTest extends ObjectStoreContract {
    @TempDir private Path folder;

    @Override
    protected ObjectStore open() throws Exception {
        return FolderStore.create(folder);
    }

    @Test
    void keepsObjectsAsPlainFiles() throws Exception {
        put("wal/000000010000000000000001", "segment");

        assertThat(folder.resolve("wal/000000010000000000000001")).hasContent("segment");
    }

    @Test
    void takesAFileThatWasPutThereByHandForAnObject() throws Exception {
        Files.createDirectory(folder.resolve("backups"));
        Files.writeString(folder.resolve("backups/backup.enc"), "by hand");

        assertThat(text("backups/backup.enc", ByteRange.whole())).isEqualTo("by hand");
        assertThat(store.head("backups/backup.enc").orElseThrow().metadata()).isEmpty();
        assertThat(listed("")).containsExactly("backups/backup.enc");
    }

    @Test
    void neverGivesTheMetadataOfAnotherContent() throws Exception {
        store.put(
                "wal/a",
                ByteSource.of(bytes("ours")),
                PutOptions.plain().withMetadata(Map.of("sha256", "abc")));
        String etag = store.head("wal/a").orElseThrow().etag();

        Files.writeString(folder.resolve("wal/a"), "by hand, longer");

        assertThat(store.head("wal/a").orElseThrow().metadata()).isEmpty();
        assertThat(store.head("wal/a").orElseThrow().etag()).isNotEqualTo(etag);
        fails(Kind.CHANGED, () -> store.get("wal/a", ByteRange.whole(), etag));
    }

    @Test
    void doesNotTakeAFolderThatIsGoneForAnEmptyOne() throws Exception {
        ObjectStore unmounted = FolderStore.open(folder.resolve("mount"));
        Files.createDirectory(folder.resolve("mount"));

        fails(Kind.BUCKET_MISSING, () -> unmounted.head("wal/a"));
        fails(Kind.BUCKET_MISSING, () -> unmounted.get("wal/a", ByteRange.whole(), null));
        fails(Kind.BUCKET_MISSING, () -> unmounted.list("", "", _ -> true, CancelToken.never()));
        fails(Kind.BUCKET_MISSING, () -> unmounted.pendingUploads(""));
        fails(
                Kind.BUCKET_MISSING,
                () -> unmounted.put("a", ByteSource.of(bytes("x")), PutOptions.plain()));
        assertThat(unmounted.probe("").list().kind()).isEqualTo(Kind.BUCKET_MISSING);
    }

    @Test
    void neverLeavesTheFolder() {
        for (String key : List.of("../outside", "a/../../outside", "a//b", "/etc/x", "a/", ".")) {
            fails(Kind.OTHER, () -> store.put(key, ByteSource.of(bytes("x")), PutOptions.plain()));
            fails(Kind.ABSENT, () -> store.get(key, ByteRange.whole(), null));
        }
        assertThat(folder.getParent().resolve("outside")).doesNotExist();
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void hidesItsOwnFolder() throws Exception {
        put("a", "x");

        assertThat(listed(".")).isEmpty();
        assertThat(store.head(".lifeboat/meta/a")).isEmpty();
        fails(
                Kind.OTHER,
                () -> store.put(".lifeboat/x", ByteSource.of(bytes("x")), PutOptions.plain()));
        store.delete(".lifeboat");
        assertThat(text("a", ByteRange.whole())).isEqualTo("x");
    }

    @Test
    void leavesNothingOfAPutThatFailed() throws Exception {
        ByteSource broken =
                new ByteSource() {
                    @Override
                    public long sizeBytes() {
                        return 10;
                    }

                    @Override
                    public InputStream open() {
                        return InputStream.nullInputStream();
                    }
                };

        fails(Kind.OTHER, () -> store.put("short", broken, PutOptions.plain()));

        assertThat(store.head("short")).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingOfADeletedObject() throws Exception {
        put("backups/full/20260407/a", "x");
        put("backups/full/20260407/a", "again");

        store.delete("backups/full/20260407/a");

        assertThat(files()).isEmpty();
        assertThat(folder.resolve("backups")).doesNotExist();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
