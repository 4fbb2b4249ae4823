package dev.lifeboat.wal.find;

import dev.lifeboat.wal.ChangeTracker;
import dev.lifeboat.wal.HeapRecord;
import dev.lifeboat.wal.TransactionChanges;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalRecord;
import dev.lifeboat.wal.WalVisitor;

import java.util.Optional;

/**
 * Reads the log in order and hands each committed transaction on, judged. A transaction that began
 * before the log that is read is told as far as it was seen. For one thread.
 */
public final class TransactionFollower implements WalVisitor {
    private final NameBook book;
    private final CatalogFollower catalogs;
    private final ChangeTracker tracker;
    private final TransactionJudge judge;
    private final Listener listener;
    private final boolean known;
    private CatalogNames pending;
    private CatalogWork ending = new CatalogWork();

    /** Is told of transactions in the order of their commits. */
    public interface Listener {
        /** A transaction committed. What it did is worked out only when asked for. */
        default void committed(Committed transaction) {}

        /** A transaction that hurt; told of several times when it did so in several ways. */
        default void harm(FoundTransaction transaction) {}

        /** The server noted which transactions run. */
        default void running(WalEvent.RunningTransactions running) {}
    }

    /** A committed transaction. Good until the listener returns. */
    public interface Committed {
        TransactionChanges changes();

        /** The same with names, without a kind. */
        FoundTransaction described();
    }

    /**
     * @param names what a server told at some position; entered when the reading comes by it
     * @param book learns from what is read
     * @param fewestRows deletes and updates of fewer rows are no harm
     */
    public TransactionFollower(
            Optional<CatalogNames> names, NameBook book, long fewestRows, Listener listener) {
        this.book = book;
        this.pending = names.orElse(null);
        this.known = names.filter(TransactionFollower::areInFirstPlace).isPresent();
        names.ifPresent(book::enter);
        this.catalogs = new CatalogFollower(book);
        this.judge = new TransactionJudge(book, fewestRows, listener::harm);
        this.tracker = new ChangeTracker(this::judge);
        this.listener = listener;
    }

    private static boolean areInFirstPlace(CatalogNames names) {
        return names.databases().stream().allMatch(database -> database.movedCatalogs().isEmpty());
    }

    /**
     * Whether the log may go on behind a part that is not read, when it is known of that part that
     * it touches no definition and changes no rows that matter. It may not while a transaction is
     * open that would matter, nor when system tables may lie where a part's reader does not expect
     * them.
     *
     * @param rows whether updated and deleted rows matter
     */
    public boolean mayPassOver(boolean rows) {
        return known && !book.hasMovedCatalogs() && catalogs.isIdle() && !tracker.isChanging(rows);
    }

    @Override
    public void record(WalRecord record) {
        if (pending != null && record.start() - pending.at().value() >= 0) {
            book.enterInPlace(pending);
            pending = null;
        }
        catalogs.record(record);
    }

    @Override
    public void heap(HeapRecord change) {
        catalogs.heap(change);
        tracker.heap(change);
    }

    @Override
    public void event(WalEvent event) {
        catalogs.event(event);
        if (event instanceof WalEvent.RunningTransactions running) {
            listener.running(running);
        }
        tracker.event(event);
    }

    @Override
    public void transaction(TransactionRecord transaction) {
        ending = catalogs.end(transaction);
        tracker.transaction(transaction);
    }

    /** To be called when nothing more is read: a stretch of changed definitions ends then. */
    public void finish() {
        judge.finish();
    }

    private void judge(TransactionChanges changes) {
        listener.committed(
                new Committed() {
                    @Override
                    public TransactionChanges changes() {
                        return changes;
                    }

                    @Override
                    public FoundTransaction described() {
                        return judge.described(changes, ending);
                    }
                });
        judge.judge(changes, ending);
    }
}
