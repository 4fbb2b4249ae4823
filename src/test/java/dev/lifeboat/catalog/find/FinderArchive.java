package dev.lifeboat.catalog.find;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.ArchivedHistories;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalExpectation;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalTrust;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.index.IndexedWal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A log in a bucket with one base and the names beside it; counts the segments that are read. */
public final class FinderArchive {
    final TestBuckets buckets = new TestBuckets();
    final AtomicInteger fetched = new AtomicInteger();
    private final Map<String, Fetched> kept = new ConcurrentHashMap<>();
    private final CatalogNames names;
    private final int segmentBytes;
    private final IndexedWal.Places places;
    private final BaseFacts facts;

    public FinderArchive(
            CatalogNames names, int segmentBytes, Lsn start, Instant time, Path cache) {
        this.names = names;
        this.segmentBytes = segmentBytes;
        this.places = new IndexedWal.Places(Optional.of(cache), Optional.empty(), "test");
        this.facts =
                new BaseFacts(1, start, start, time, time, "", "", segmentBytes, true, List.of());
    }

    public void put(WalSegment segment, byte[] content) throws RecoveryException {
        buckets.primary.put("wal/" + segment.name(), ByteSource.of(content), PutOptions.plain());
    }

    /** Reads all of it for the index. */
    public void makeIndex() throws RecoveryException {
        var wal =
                IndexedWal.open(
                        archive(),
                        archive().inventory(CancelToken.never()),
                        names.systemIdentifier(),
                        segmentBytes,
                        places,
                        CancelToken.never());
        wal.complete(wal.runs(), 2, CancelToken.never(), Progress.unwatched());
        fetched.set(0);
    }

    public TransactionFinder finder(boolean indexed) {
        fetched.set(0);
        return new TransactionFinder(
                new FinderParts(
                        new OneBase(),
                        archive(),
                        indexed ? places : IndexedWal.Places.none(),
                        FinderArchive::noDatabase));
    }

    private static CatalogNames noDatabase() throws RecoveryException {
        throw new RecoveryException(
                new Problem(ProblemCode.USAGE, "There is none.", "It is a test.", "Look away."));
    }

    private WalArchive archive() {
        var archive =
                new RegionWalArchive(
                        buckets.regions(), TestBuckets.RING, "", WalTrust.UNAUTHENTICATED_TOO);
        return new WalArchive() {
            @Override
            public Fetched fetch(WalFileName file, WalExpectation expected)
                    throws CancelledException {
                fetched.incrementAndGet();
                Fetched known = kept.get(file.name());
                if (known == null) {
                    known = archive.fetch(file, expected);
                    kept.put(file.name(), known);
                }
                return known;
            }

            @Override
            public WalInventory inventory(CancelToken cancel) throws RecoveryException {
                return archive.inventory(cancel);
            }

            @Override
            public ArchivedHistories histories(WalInventory inventory, CancelToken cancel)
                    throws RecoveryException {
                return archive.histories(inventory, cancel);
            }
        };
    }

    private final class OneBase implements Bases {
        @Override
        public CatalogListing load(CancelToken cancel) {
            var entry =
                    new CatalogEntry(
                            "base",
                            BackupKind.BASE,
                            BackupStatus.FINISHED,
                            "base",
                            new CatalogEntry.Facts(
                                    "base",
                                    Optional.of(names.systemIdentifier()),
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
            return new CatalogListing(new ArrayList<>(List.of(entry)), Map.of(), List.of());
        }

        @Override
        public int major(CatalogEntry base) {
            return names.major();
        }

        @Override
        public Optional<CatalogNames> names(CatalogEntry base) {
            return Optional.of(names);
        }
    }
}
