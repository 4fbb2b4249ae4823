package dev.lifeboat.catalog.find;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.NameBook;
import dev.lifeboat.wal.find.TransactionFollower;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds in the archive's WAL the transactions that hurt, and shows those around an instant. Reads
 * along the newest timeline that the newest base leads to, from the first usable base on. Only what
 * can be recovered is looked at. For one thread at a time.
 */
public final class TransactionFinder {
    /** Clocks go back now and then: so much behind the wanted time is read, too. */
    private static final Duration LEEWAY = Duration.ofMinutes(5);

    private final Catalog catalog;
    private final RegionPair backups;
    private final KeyRing keys;
    private final WalArchive archive;
    private final LiveNames live;

    /** The names of a server that may or may not be reachable. */
    @FunctionalInterface
    public interface LiveNames {
        /**
         * @throws RecoveryException when it cannot be asked; then what it would name has numbers
         */
        CatalogNames read() throws RecoveryException;
    }

    /**
     * @param backups the buckets of the bases
     * @param live the database that the backups are of; asked once, when names are missing
     */
    public TransactionFinder(
            Catalog catalog, RegionPair backups, KeyRing keys, WalArchive archive, LiveNames live) {
        this.catalog = catalog;
        this.backups = backups;
        this.keys = keys;
        this.archive = archive;
        this.live = live;
    }

    /**
     * Reads all that was asked for. A segment that is missing or damaged is passed over: the result
     * says so.
     *
     * @param progress counts bytes of plain WAL
     * @throws RecoveryException NO_BASE, or when catalog or WAL cannot be listed
     */
    public FindResult find(
            FindRequest request, FindListener listener, Progress progress, CancelToken cancel)
            throws RecoveryException {
        Stretches all = Stretches.of(catalog.load(cancel), archive, cancel);
        List<Stretch> wanted = all.between(request.from(), request.to(), LEEWAY);
        progress.setTotal(wanted.stream().mapToLong(TransactionFinder::bytes).sum());
        var search = new Search(request, listener, progress, cancel);
        search.notes.addAll(all.notes());
        search.complete = wanted.stream().noneMatch(Stretch::isBroken);
        for (Stretch stretch : wanted) {
            search.read(stretch);
        }
        return search.result();
    }

    /**
     * The commits before and after an instant, with what they touched.
     *
     * @param count at most so many on either side
     * @throws RecoveryException as {@link #find}
     */
    public FindResult around(Instant instant, int count, Progress progress, CancelToken cancel)
            throws RecoveryException {
        Stretches all = Stretches.of(catalog.load(cancel), archive, cancel);
        var around = new Surroundings(instant, count);
        List<Stretch> near = all.between(Optional.of(instant), Optional.of(instant), Duration.ZERO);
        Stretch stretch = near.isEmpty() ? all.stretches().getFirst() : near.getFirst();
        Optional<CatalogNames> names = names(stretch);
        var follower = new TransactionFollower(names, book(stretch), Long.MAX_VALUE, around);
        StretchReader reader = reader(stretch, progress, cancel);
        reader.read(stretch.segments(), follower, around::isEnough);
        var notes = new ArrayList<>(all.notes());
        notes.addAll(reader.notes());
        List<FoundTransaction> found = around.found();
        return new FindResult(
                found,
                new FindResult.Scanned(
                        found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst().time()),
                        found.isEmpty() ? Optional.empty() : Optional.of(found.getLast().time()),
                        reader.isComplete()),
                notes);
    }

    private static long bytes(Stretch stretch) {
        return stretch.segments().size() * (long) stretch.facts().walSegmentBytes();
    }

    private Optional<CatalogNames> names(Stretch stretch) throws RecoveryException {
        Manifest manifest = catalog.manifest(stretch.base());
        return BaseNames.read(manifest, backups, keys);
    }

    private NameBook book(Stretch stretch) throws RecoveryException {
        return new NameBook(catalog.manifest(stretch.base()).serverMajor());
    }

    private StretchReader reader(Stretch stretch, Progress progress, CancelToken cancel) {
        return new StretchReader(
                archive,
                stretch.base().facts().systemIdentifier().orElseThrow(),
                stretch.facts().walSegmentBytes(),
                progress,
                cancel);
    }

    /** One run of {@link #find}. */
    private final class Search {
        private final FindRequest request;
        private final FindListener listener;
        private final Progress progress;
        private final CancelToken cancel;
        private final List<FoundTransaction> found = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private boolean complete;
        private Instant first;
        private Instant last;

        Search(FindRequest request, FindListener listener, Progress progress, CancelToken cancel) {
            this.request = request;
            this.listener = listener;
            this.progress = progress;
            this.cancel = cancel;
        }

        void read(Stretch stretch) throws RecoveryException {
            Optional<CatalogNames> names = Optional.empty();
            try {
                names = names(stretch);
            } catch (CancelledException stopped) {
                throw stopped;
            } catch (RecoveryException unread) {
                notes.add(
                        "The names beside "
                                + stretch.base().id()
                                + " are not known: "
                                + unread.problem().what());
            }
            NameBook book = book(stretch);
            var part = new Part(stretch);
            var follower = new TransactionFollower(names, book, request.fewestRows(), part);
            StretchReader reader = reader(stretch, progress, cancel);
            try {
                reader.read(stretch.segments(), follower, part::isEnough);
            } finally {
                follower.finish();
                notes.addAll(reader.notes());
                complete &= reader.isComplete();
            }
            found.addAll(named(part.found, book, stretch).stream().filter(request::wants).toList());
        }

        private List<FoundTransaction> named(
                List<FoundTransaction> unsure, NameBook book, Stretch stretch) {
            boolean unnamed = unsure.stream().anyMatch(NameBook::lacksNames);
            if (!unnamed) {
                return unsure;
            }
            try {
                CatalogNames names = live.read();
                if (names.systemIdentifier()
                        .equals(stretch.base().facts().systemIdentifier().orElse(""))) {
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

        FindResult result() {
            found.sort(Comparator.comparing(FoundTransaction::lsn));
            return new FindResult(
                    found,
                    new FindResult.Scanned(
                            Optional.ofNullable(first), Optional.ofNullable(last), complete),
                    notes);
        }

        /** What is found in one stretch. */
        private final class Part implements TransactionFollower.Listener {
            private final Stretch stretch;
            private final List<FoundTransaction> found = new ArrayList<>();
            private boolean enough;

            Part(Stretch stretch) {
                this.stretch = stretch;
            }

            @Override
            public void committed(TransactionFollower.Committed transaction) {
                Instant time = transaction.changes().time();
                enough |= request.to().filter(to -> time.isAfter(to.plus(LEEWAY))).isPresent();
                if (stretch.holds(transaction.changes().commit()) && request.isWithin(time)) {
                    first = first == null || time.isBefore(first) ? time : first;
                    last = last == null || time.isAfter(last) ? time : last;
                }
            }

            @Override
            public void harm(FoundTransaction transaction) {
                if (stretch.holds(transaction.lsn()) && request.isWithin(transaction.time())) {
                    found.add(transaction);
                    if (request.wants(transaction)) {
                        listener.found(transaction);
                    }
                }
            }

            boolean isEnough() {
                return enough;
            }
        }
    }
}
