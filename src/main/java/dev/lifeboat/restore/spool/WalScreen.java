package dev.lifeboat.restore.spool;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.SegmentLostException;
import dev.lifeboat.restore.WalNeed;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEnd;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVisitor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Looks into every segment before the server may have it, and shows a guard the rare records that
 * act outside the data directory or end replay, and how each transaction ended. A segment is let
 * through once every such record that ends in it was seen, the one that began in the segment before
 * included. Safe for use by many threads; segments that are {@link #expect expected} in the log's
 * order never wait for each other in a circle.
 */
final class WalScreen {
    private final WalNeed need;
    private final OptionalLong systemIdentifier;
    private final SegmentSource source;
    private final WalGuard guard;

    /** What a segment leaves open, by the segment's name. */
    private final Map<String, CompletableFuture<Optional<OpenEnd>>> ends =
            new ConcurrentHashMap<>();

    /** A reader in the middle of a record, and where it puts what it finds. */
    private record OpenEnd(WalReader reader, Found found) {}

    /** What of a segment the guard is to be shown. */
    private final class Found implements WalVisitor {
        private final List<WalEvent> events = new ArrayList<>();
        private Optional<Problem> objection = Optional.empty();

        @Override
        public void event(WalEvent event) {
            events.add(event);
        }

        @Override
        public void transaction(TransactionRecord transaction) {
            boolean ended = transaction.kind().isCommit() || transaction.kind().isAbort();
            if (ended && objection.isEmpty()) {
                objection = guard.objectionTo(transaction);
            }
        }

        void show() throws RecoveryException {
            if (objection.isPresent()) {
                throw new RecoveryException(objection.get());
            }
            for (WalEvent event : events) {
                guard.see(event);
            }
            events.clear();
        }
    }

    WalScreen(WalNeed need, OptionalLong systemIdentifier, SegmentSource source, WalGuard guard) {
        this.need = need;
        this.systemIdentifier = systemIdentifier;
        this.source = source;
        this.guard = guard;
    }

    /** Says that a segment will come; call it in the log's order. */
    void expect(String name) {
        ends.computeIfAbsent(name, _ -> new CompletableFuture<>());
    }

    /** Says that an expected segment will not come: who follows it need not wait. */
    void giveUp(String name, Throwable why) {
        ends.computeIfAbsent(name, _ -> new CompletableFuture<>()).completeExceptionally(why);
    }

    /**
     * Looks into a segment.
     *
     * @param before the name of the segment before it; empty where the server begins to read
     * @throws RecoveryException what the guard says
     */
    void admit(String name, Optional<String> before, byte[] content) throws RecoveryException {
        Optional<WalSegment> segment = WalSegment.parse(name, need.segmentBytes());
        if (segment.isEmpty()) {
            return;
        }
        Optional<OpenEnd> own = scan(segment.get(), content);
        ends.computeIfAbsent(name, _ -> new CompletableFuture<>()).complete(own);
        if (before.isPresent()) {
            Optional<OpenEnd> open = endOf(before.get());
            if (open.isPresent()) {
                complete(open.get(), segment.get(), content);
            }
            ends.remove(before.get());
        }
    }

    private Optional<OpenEnd> scan(WalSegment segment, byte[] content) throws RecoveryException {
        var found = new Found();
        var reader = new WalReader(found, systemIdentifier);
        WalEnd end = reader.read(segment, content);
        found.show();
        return end.isComplete() && end.openRecord().isPresent()
                ? Optional.of(new OpenEnd(reader, found))
                : Optional.empty();
    }

    private void complete(OpenEnd open, WalSegment following, byte[] content)
            throws RecoveryException {
        try {
            open.reader().complete(following, new ByteArrayInputStream(content));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        open.found().show();
    }

    /** One that an earlier process had let through is fetched once more for its end. */
    private Optional<OpenEnd> endOf(String name) throws RecoveryException {
        CompletableFuture<Optional<OpenEnd>> end = ends.get(name);
        if (end == null) {
            return switch (source.fetch(name)) {
                case SegmentSource.Found found ->
                        scan(
                                WalSegment.parse(name, need.segmentBytes()).orElseThrow(),
                                found.content());
                case SegmentSource.Absent _ -> throw SegmentFetch.absent(name);
                case SegmentSource.Damaged damaged ->
                        throw new SegmentLostException(name, damaged.problem());
                case SegmentSource.Unknown unknown ->
                        throw new RecoveryException(unknown.problem());
            };
        }
        try {
            return end.get();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RecoveryException problem) {
                throw problem;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
