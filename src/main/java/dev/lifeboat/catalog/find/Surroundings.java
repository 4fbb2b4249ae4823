package dev.lifeboat.catalog.find;

import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.TransactionFollower;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Keeps the commits nearest to an instant, so many on either side, in the order of the log. */
final class Surroundings implements TransactionFollower.Listener {
    private final Instant instant;
    private final int count;
    private final Deque<FoundTransaction> before = new ArrayDeque<>();
    private final List<FoundTransaction> after = new ArrayList<>();

    Surroundings(Instant instant, int count) {
        this.instant = instant;
        this.count = count;
    }

    @Override
    public void committed(TransactionFollower.Committed transaction) {
        if (transaction.changes().time().isAfter(instant)) {
            if (after.size() < count) {
                after.add(transaction.described());
            }
        } else {
            before.add(transaction.described());
            if (before.size() > count) {
                before.remove();
            }
        }
    }

    boolean isEnough() {
        return after.size() >= count;
    }

    List<FoundTransaction> found() {
        var all = new ArrayList<>(before);
        all.addAll(after);
        return all;
    }
}
