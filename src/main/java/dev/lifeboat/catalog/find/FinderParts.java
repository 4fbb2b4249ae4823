package dev.lifeboat.catalog.find;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.NameBook;
import dev.lifeboat.wal.index.IndexedWal;
import dev.lifeboat.wal.index.WalIndex;

import java.util.List;
import java.util.Optional;

/** What a finder reads from. */
record FinderParts(
        Bases bases,
        WalArchive archive,
        IndexedWal.Places places,
        TransactionFinder.LiveNames live) {
    /** With so few segments asking for the index takes longer than reading them. */
    private static final int FEW_SEGMENTS = 4;

    Stretches stretches(CancelToken cancel) throws RecoveryException {
        return Stretches.of(bases.load(cancel), archive, cancel);
    }

    /** What is known of the segments that were listed. */
    WalIndex index(Stretches all, List<Stretch> wanted, CancelToken cancel)
            throws RecoveryException {
        long segments = wanted.stream().mapToLong(stretch -> stretch.segments().size()).sum();
        if (segments <= FEW_SEGMENTS) {
            return WalIndex.empty();
        }
        Stretch any = wanted.getFirst();
        return IndexedWal.open(
                        archive,
                        all.inventory(),
                        system(any),
                        any.facts().walSegmentBytes(),
                        places,
                        cancel)
                .index();
    }

    private static String system(Stretch stretch) {
        return stretch.base().facts().systemIdentifier().orElseThrow();
    }

    /** The names beside a base; empty, with a note, when they cannot be had. */
    Optional<CatalogNames> names(Stretch stretch, List<String> notes) throws CancelledException {
        try {
            return bases.names(stretch.base());
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException unread) {
            notes.add(
                    "The names beside "
                            + stretch.base().id()
                            + " are not known: "
                            + unread.problem().what());
            return Optional.empty();
        }
    }

    NameBook book(Stretch stretch) throws RecoveryException {
        return new NameBook(bases.major(stretch.base()));
    }

    StretchReader reader(Stretch stretch, Progress progress, CancelToken cancel) {
        return new StretchReader(
                archive, system(stretch), stretch.facts().walSegmentBytes(), progress, cancel);
    }

    /** The same with the names of the live database where there are none. */
    List<FoundTransaction> named(
            List<FoundTransaction> unsure, NameBook book, Stretch stretch, List<String> notes) {
        if (unsure.stream().noneMatch(NameBook::lacksNames)) {
            return unsure;
        }
        try {
            CatalogNames names = live.read();
            if (names.systemIdentifier().equals(system(stretch))) {
                book.enter(names);
            }
        } catch (RecoveryException unreachable) {
            notes.add(
                    "Some relations are shown by numbers: the database that could name them"
                            + " was not asked. "
                            + unreachable.problem().what());
        }
        return unsure.stream().map(book::renamed).toList();
    }
}
