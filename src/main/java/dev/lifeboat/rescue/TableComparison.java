package dev.lifeboat.rescue;

import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.RowCursor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Merges the rows of both sides, which come in the order of their keys, in constant memory. */
final class TableComparison {
    private final List<String> missingKeys = new ArrayList<>();
    private final List<String> changedKeys = new ArrayList<>();
    private final List<String> addedKeys = new ArrayList<>();
    private long missing;
    private long changed;
    private long added;

    /** A row of one side. */
    record Keyed(List<String> key, String digest) {}

    /** Is told of what the live database lacks, or has otherwise. */
    interface Sink {
        void take(Difference difference) throws RecoveryException;
    }

    void run(RowCursor<Keyed> copy, RowCursor<Keyed> live, Sink sink, Progress progress)
            throws RecoveryException {
        Optional<Keyed> old = copy.next();
        Optional<Keyed> now = live.next();
        while (old.isPresent() || now.isPresent()) {
            int order =
                    old.isEmpty() ? 1 : now.isEmpty() ? -1 : order(old.get().key, now.get().key);
            if (order < 0) {
                missing++;
                sample(missingKeys, old.get());
                sink.take(new Difference(Difference.Kind.MISSING, old.get().key, ""));
            } else if (order > 0) {
                added++;
                sample(addedKeys, now.get());
            } else if (!old.get().digest.equals(now.get().digest)) {
                changed++;
                sample(changedKeys, old.get());
                sink.take(new Difference(Difference.Kind.CHANGED, old.get().key, now.get().digest));
            }
            progress.add(1);
            old = order <= 0 ? copy.next() : old;
            now = order >= 0 ? live.next() : now;
        }
    }

    /** As the server orders them: by the bytes of their text. */
    static int order(List<String> one, List<String> other) {
        for (int i = 0; i < one.size(); i++) {
            int order =
                    Arrays.compareUnsigned(
                            one.get(i).getBytes(StandardCharsets.UTF_8),
                            other.get(i).getBytes(StandardCharsets.UTF_8));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static void sample(List<String> keys, Keyed row) {
        if (keys.size() < TableReport.Samples.MOST) {
            keys.add(String.join(", ", row.key));
        }
    }

    long missing() {
        return missing;
    }

    long changed() {
        return changed;
    }

    long added() {
        return added;
    }

    TableReport.Samples samples() {
        return new TableReport.Samples(
                List.copyOf(missingKeys), List.copyOf(changedKeys), List.copyOf(addedKeys));
    }
}
