package dev.lifeboat.catalog.windows;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.memory.MemoryStore;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.IndexObjects;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalTrust;
import dev.lifeboat.wal.index.IndexedWal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A built log in two regions in memory, with bases that only say where they begin and end. */
public final class IndexedArchive {
    public static final Instant NOW = Instant.parse("2026-04-07T05:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String SYSTEM = Long.toUnsignedString(WalBuilder.SYSTEM);

    public final ObjectStore primary = new MemoryStore("s3://primary", CLOCK);
    public final ObjectStore dr = new MemoryStore("s3://dr", CLOCK);
    private final List<CatalogEntry> bases = new ArrayList<>();
    private Optional<Path> cache = Optional.empty();

    IndexedArchive cachedIn(Path folder) {
        cache = Optional.of(folder);
        return this;
    }

    IndexedArchive put(WalSegment segment, byte[] content) throws RecoveryException {
        put(primary, segment.name(), content);
        put(dr, segment.name(), content);
        return this;
    }

    /** All segments of a log, in both regions. */
    public IndexedArchive put(WalBuilder log) throws RecoveryException {
        for (int i = 0; i < log.segmentCount(); i++) {
            put(log.segment(i), log.content(i));
        }
        return this;
    }

    IndexedArchive history(String name, String content) throws RecoveryException {
        put(primary, name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    static void put(ObjectStore store, String name, byte[] content) throws RecoveryException {
        store.put("wal/" + name, ByteSource.of(content), PutOptions.plain());
    }

    public static void remove(ObjectStore store, WalSegment segment) throws RecoveryException {
        store.delete("wal/" + segment.name());
    }

    /** A base that took a minute. */
    public IndexedArchive base(String id, int timeline, Lsn start, Lsn stop, Instant stopTime) {
        var facts =
                new BaseFacts(
                        timeline,
                        start,
                        stop,
                        stopTime.minus(Duration.ofMinutes(1)),
                        stopTime,
                        "",
                        "",
                        WalBuilder.SEGMENT_BYTES,
                        true,
                        List.of());
        bases.addFirst(
                new CatalogEntry(
                        id,
                        BackupKind.BASE,
                        BackupStatus.FINISHED,
                        "backups/base/" + id + "/manifest.json",
                        new CatalogEntry.Facts(
                                id,
                                Optional.of(SYSTEM),
                                Optional.of("db"),
                                facts.startTime(),
                                Optional.of(stopTime),
                                OptionalLong.of(5_000),
                                1_000,
                                Optional.empty(),
                                "STANDARD",
                                Optional.of(facts)),
                        true,
                        Map.of(),
                        true,
                        Optional.empty(),
                        Optional.empty()));
        return this;
    }

    public CatalogListing catalog() {
        return new CatalogListing(bases, Map.of(), List.of());
    }

    RegionPair regions() {
        return new RegionPair(primary, dr, RegionChoice.AUTO);
    }

    public RecoveryView view() throws RecoveryException {
        return view(regions());
    }

    public RecoveryView view(RegionPair regions) throws RecoveryException {
        var archive =
                new RegionWalArchive(regions, TestBuckets.RING, "", WalTrust.UNAUTHENTICATED_TOO);
        var places =
                new IndexedWal.Places(
                        cache,
                        Optional.of(new IndexObjects(regions, TestBuckets.RING, "")),
                        "test");
        return new RecoveryWindows(archive, regions, "", CLOCK, places)
                .view(catalog(), CancelToken.never());
    }
}
