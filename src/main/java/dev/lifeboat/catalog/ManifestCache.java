package dev.lifeboat.catalog;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.storage.ObjectInfo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Manifests that were read before, under {@code LIFEBOAT_HOME/cache/manifests}. Only ever a copy: a
 * manifest found here is checked like one from the bucket, and a file that is lost, cut short or
 * cannot be written costs a request and nothing else. Safe for many threads and processes.
 */
final class ManifestCache {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestCache.class);
    private static final int DIGEST_BYTES = 64;

    private final Path folder;

    ManifestCache(Path folder) {
        this.folder = folder;
    }

    /** The bytes of this very object of that store, when they were kept. */
    Optional<byte[]> get(String store, ObjectInfo object) {
        try {
            byte[] kept = Files.readAllBytes(file(store, object));
            if (kept.length < DIGEST_BYTES) {
                return Optional.empty();
            }
            byte[] content = Arrays.copyOfRange(kept, DIGEST_BYTES, kept.length);
            return Arrays.equals(digest(content), Arrays.copyOf(kept, DIGEST_BYTES))
                    ? Optional.of(content)
                    : Optional.empty();
        } catch (NoSuchFileException notKept) {
            return Optional.empty();
        } catch (IOException unreadable) {
            LOG.debug("A cached manifest cannot be read", unreadable);
            return Optional.empty();
        }
    }

    void put(String store, ObjectInfo object, byte[] content) {
        Path file = file(store, object);
        try {
            Files.createDirectories(file.getParent());
            Path beside = Files.createTempFile(file.getParent(), "new", null);
            byte[] kept = Arrays.copyOf(digest(content), DIGEST_BYTES + content.length);
            System.arraycopy(content, 0, kept, DIGEST_BYTES, content.length);
            Files.write(beside, kept);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            LOG.debug("A manifest cannot be kept in the cache", unwritable);
        }
    }

    private static byte[] digest(byte[] content) {
        return Sha256.of(content).sha256().getBytes(StandardCharsets.US_ASCII);
    }

    private Path file(String store, ObjectInfo object) {
        String identity =
                store + "\n" + object.key() + "\n" + object.etag() + "\n" + object.sizeBytes();
        String name = Sha256.of(identity.getBytes(StandardCharsets.UTF_8)).sha256();
        return folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
    }
}
