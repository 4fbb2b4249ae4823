package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.archive.IndexObjects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The blocks of one cluster, in memory: mapped from the cache, or as they were just put together.
 * For one thread at a time.
 */
final class IndexStore {
    private static final Logger LOG = LoggerFactory.getLogger(IndexStore.class);

    private final IndexFiles files;
    private final Optional<IndexObjects> objects;
    private final long systemIdentifier;
    private final int segmentBytes;
    private final TimelineIndex.Belief belief;
    private final Map<BlockName, IndexBlock> blocks = new TreeMap<>();
    private final Map<BlockName, byte[]> changed = new TreeMap<>();

    /**
     * @param belief which rows describe what the archive holds now
     */
    IndexStore(
            IndexFiles files,
            Optional<IndexObjects> objects,
            long systemIdentifier,
            int segmentBytes,
            TimelineIndex.Belief belief) {
        this.files = files;
        this.objects = objects;
        this.systemIdentifier = systemIdentifier;
        this.segmentBytes = segmentBytes;
        this.belief = belief;
        for (BlockName name : files.names()) {
            files.open(name, Arena.ofAuto())
                    .filter(this::isOurs)
                    .ifPresent(b -> blocks.put(name, b));
        }
    }

    private boolean isOurs(IndexBlock block) {
        return block.systemIdentifier() == systemIdentifier && block.segmentBytes() == segmentBytes;
    }

    private BlockWriter writer(BlockName name) {
        return new BlockWriter(name, systemIdentifier, segmentBytes);
    }

    /** Takes in the objects that were not taken in before. */
    void takeFromBucket(CancelToken cancel) throws RecoveryException {
        if (objects.isEmpty()) {
            return;
        }
        Map<BlockName, List<IndexObjects.Listed>> listed = new TreeMap<>();
        for (IndexObjects.Listed object : objects.get().list(cancel)) {
            BlockName.parse(object.name())
                    .ifPresent(
                            name ->
                                    listed.computeIfAbsent(name, _ -> new ArrayList<>())
                                            .add(object));
        }
        for (Map.Entry<BlockName, List<IndexObjects.Listed>> block : listed.entrySet()) {
            cancel.check();
            take(block.getKey(), block.getValue());
        }
    }

    private void take(BlockName name, List<IndexObjects.Listed> listed) throws CancelledException {
        var seen = new TreeSet<>(blocks.containsKey(name) ? files.seen(name) : List.<String>of());
        List<IndexBlock> fresh = new ArrayList<>();
        var identities = new TreeSet<Long>();
        for (IndexObjects.Listed object : listed) {
            String mark = object.region() + " " + Long.toHexString(object.identity());
            if (seen.add(mark) && identities.add(object.identity())) {
                read(name, object).ifPresent(fresh::add);
            }
        }
        if (!fresh.isEmpty()) {
            BlockWriter writer = writer(name);
            fresh.forEach(block -> writer.add(block, belief));
            Optional.ofNullable(blocks.get(name)).ifPresent(block -> writer.add(block, belief));
            keep(name, writer.bytes());
            files.remember(name, List.copyOf(seen));
        }
    }

    private Optional<IndexBlock> read(BlockName name, IndexObjects.Listed object)
            throws CancelledException {
        try {
            IndexBlock block =
                    IndexBlock.of(MemorySegment.ofArray(objects.orElseThrow().read(object)));
            return Optional.of(block).filter(b -> isOurs(b) && b.name().equals(name));
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException unreadable) {
            LOG.warn("An index is not believed: {}", unreadable.problem());
            return Optional.empty();
        } catch (IndexDamage damaged) {
            LOG.warn("The index {} of region {} is none.", name, object.region(), damaged);
            return Optional.empty();
        }
    }

    private void keep(BlockName name, byte[] bytes) {
        boolean written = files.write(name, bytes);
        Optional<IndexBlock> mapped =
                written ? files.open(name, Arena.ofAuto()).filter(this::isOurs) : Optional.empty();
        blocks.put(name, mapped.orElseGet(() -> inMemory(bytes)));
    }

    private static IndexBlock inMemory(byte[] bytes) {
        try {
            return IndexBlock.of(MemorySegment.ofArray(bytes));
        } catch (IndexDamage impossible) {
            throw new IllegalStateException("a block was written wrongly", impossible);
        }
    }

    /** The index of all blocks. */
    WalIndex open() {
        return WalIndex.of(blocks.values(), belief);
    }

    /** The index with these entries besides. */
    WalIndex add(Collection<SegmentEntry> entries) {
        Map<BlockName, List<SegmentEntry>> byBlock =
                entries.stream().collect(Collectors.groupingBy(e -> BlockName.of(e.segment())));
        byBlock.forEach(
                (name, its) -> {
                    BlockWriter writer = writer(name);
                    Optional.ofNullable(blocks.get(name)).ifPresent(b -> writer.add(b, belief));
                    writer.add(its);
                    byte[] bytes = writer.bytes();
                    keep(name, bytes);
                    changed.put(name, bytes);
                });
        return open();
    }

    /** How many entries a block has. */
    int rows(BlockName name) {
        IndexBlock block = blocks.get(name);
        return block == null ? 0 : block.count();
    }

    /** Writes what was added to the bucket. */
    int publish(String system) throws RecoveryException {
        if (objects.isEmpty()) {
            return 0;
        }
        int written = 0;
        for (BlockName name : List.copyOf(changed.keySet())) {
            objects.get().write(name.toString(), changed.get(name), system);
            changed.remove(name);
            written++;
        }
        return written;
    }
}
