package dev.lifeboat.wal.index;

import dev.lifeboat.crypto.Sha256;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Blocks of the index as files of this machine. Only ever a cache: a file that is lost, damaged or
 * cannot be written costs time and nothing else. Files are replaced whole, so that many processes
 * may use one folder.
 */
final class IndexFiles {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);
    private static final String SEEN = ".seen";

    private final Optional<Path> folder;

    /**
     * @param cache Lifeboat's cache; empty: nothing is kept
     * @param archive names the archive: two archives share nothing
     */
    IndexFiles(Optional<Path> cache, String archive) {
        String name = Sha256.of(archive.getBytes(StandardCharsets.UTF_8)).sha256();
        this.folder = cache.map(c -> c.resolve("wal-index").resolve(name.substring(0, 16)));
    }

    /** The blocks there are; what is no block is passed over. */
    List<BlockName> names() {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.flatMap(file -> BlockName.parse(file.getFileName().toString()).stream())
                    .sorted()
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    /**
     * Maps a block into memory, where it stays until the arena is closed.
     *
     * @return empty when there is none, or when it is damaged
     */
    Optional<IndexBlock> open(BlockName name, Arena arena) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.get().resolve(name.toString());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment memory =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return Optional.of(IndexBlock.of(memory));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | IndexDamage unusable) {
            LOG.debug("{} is made again", file, unusable);
            return Optional.empty();
        }
    }

    /** Puts a block in its place; false when the file system refuses. */
    boolean write(BlockName name, byte[] bytes) {
        return replace(name.toString(), bytes);
    }

    /** Which objects went into the block of this name, as {@link #remember} was told. */
    List<String> seen(BlockName name) {
        if (folder.isEmpty()) {
            return List.of();
        }
        try {
            return Files.readAllLines(folder.get().resolve(name + SEEN));
        } catch (IOException none) {
            return List.of();
        }
    }

    /** Remembers which objects went into the block of this name. */
    void remember(BlockName name, List<String> objects) {
        replace(name + SEEN, String.join("\n", objects).getBytes(StandardCharsets.UTF_8));
    }

    private boolean replace(String name, byte[] bytes) {
        if (folder.isEmpty()) {
            return false;
        }
        try {
            Files.createDirectories(folder.get());
            Path beside = Files.createTempFile(folder.get(), "new", null);
            Files.write(beside, bytes);
            Files.move(beside, folder.get().resolve(name), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException refused) {
            LOG.debug("{} cannot be kept in the cache", name, refused);
            return false;
        }
    }
}
