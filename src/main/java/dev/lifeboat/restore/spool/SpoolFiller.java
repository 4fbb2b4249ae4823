package dev.lifeboat.restore.spool;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.WalNeed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the spool filled ahead of replay, in the plan's order, and answers what the server asks for
 * out of order. Its heartbeat tells the server's commands that somebody is there.
 *
 * <p>A segment that the plan needs and that cannot be had is a failure of the restore, never an end
 * of the archive: the server is told that it could not be known, and {@link #failure()} says why.
 *
 * <p>Progress counts segments that the server took, and those that lie behind where it begins.
 */
public final class SpoolFiller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolFiller.class);
    private static final Duration ROUND = Duration.ofMillis(20);
    private static final int ROUNDS_A_BEAT = 50;

    private final SpoolRun run;
    private final WalNeed need;
    private final Path serverWal;
    private final FillerLimits limits;
    private final Progress progress;
    private final CancelToken cancel = CancelToken.never();
    private final SegmentFetch fetch;
    private final WalScreen screen;
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> onTheWay = ConcurrentHashMap.newKeySet();
    private final Set<String> published = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> byRegion = new ConcurrentHashMap<>();
    private final AtomicReference<RecoveryException> failure = new AtomicReference<>();
    private final ExecutorService workers;
    private final Thread rounds;
    private volatile int parallel = 1;
    private final int begin;
    private int next;

    /**
     * Begins to fill.
     *
     * @param systemIdentifier of the cluster
     * @param guard is shown what a segment holds before the server may take it
     * @param first the segment to begin with; empty: the first that was not served yet
     * @param serverWal the server's {@code pg_wal}: what it was served and still has there is not
     *     fetched again
     */
    public SpoolFiller(
            SpoolRun run,
            WalNeed need,
            SegmentSource source,
            OptionalLong systemIdentifier,
            WalGuard guard,
            Optional<String> first,
            Path serverWal,
            FillerLimits limits,
            Progress progress)
            throws RecoveryException {
        this.run = run;
        this.need = need;
        this.serverWal = serverWal;
        this.limits = limits;
        this.progress = progress;
        this.screen = new WalScreen(need, systemIdentifier, name -> earlier(name, source), guard);
        this.fetch = new SegmentFetch(run, need, source, limits, cancel, progress);
        for (int i = 0; i < need.segments().size(); i++) {
            places.put(need.segments().get(i), i);
        }
        next = first.map(name -> places.getOrDefault(name, 0)).orElse(0);
        begin = next;
        progress.add(begin);
        for (String name : run.ready()) {
            if (places.getOrDefault(name, -1) >= next) {
                published.add(name);
            }
        }
        for (String name : run.served()) {
            next = Math.max(next, places.getOrDefault(name, -1) + 1);
        }
        progress.setDone(next - published.stream().filter(name -> places.get(name) < next).count());
        workers =
                Executors.newFixedThreadPool(
                        limits.workers(), Thread.ofPlatform().daemon().name("wal-", 0).factory());
        rounds = Thread.ofPlatform().daemon().name("spool-filler").start(this::goRound);
    }

    /**
     * Brings the plan's histories, all of which must be at hand before the server starts.
     *
     * @throws RecoveryException what prevents it
     */
    public void bringHistories() throws RecoveryException {
        for (String name : need.histories()) {
            if (!run.isReady(name)) {
                fetch.bring(name, (_, _) -> {});
            }
        }
    }

    /** Fetches as many segments at once as the limits allow; before that, one at a time. */
    public void hurry() {
        parallel = limits.workers();
    }

    /** Why the plan's WAL cannot be had; empty as long as it can. */
    public Optional<RecoveryException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** How many segments came from each region. */
    public Map<String, Long> byRegion() {
        return Map.copyOf(byRegion);
    }

    /** Stops, and tells the server's commands that nobody is there any more. */
    @Override
    public void close() throws RecoveryException {
        cancel.cancel();
        workers.shutdownNow();
        try {
            rounds.join();
            if (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("a worker of the spool did not end in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        run.close();
    }

    private void goRound() {
        try {
            for (long round = 0; !cancel.isCancelled(); round++) {
                if (round % ROUNDS_A_BEAT == 0) {
                    run.beat(round);
                }
                countTaken();
                answerRequests();
                fillAhead();
                cancel.sleep(ROUND);
            }
        } catch (CancelledException closed) {
            LOG.debug("the spool is closed");
        } catch (RecoveryException broken) {
            failure.compareAndSet(null, broken);
        } catch (RuntimeException bug) {
            failure.compareAndSet(null, unexpected("that is asked for next", bug));
        }
    }

    private void countTaken() throws RecoveryException {
        Set<String> gone = new HashSet<>(published);
        gone.removeAll(run.ready());
        published.removeAll(gone);
        progress.add(gone.size());
    }

    private void answerRequests() throws RecoveryException {
        for (String name : run.wanted()) {
            Integer place = places.get(name);
            boolean coming = onTheWay.contains(name) || published.contains(name);
            if (place == null) {
                run.forgetRequest(name);
            } else if (!coming && !serverHas(name) && failure.get() == null) {
                next = place + 1;
                submit(name);
            }
        }
    }

    private void fillAhead() throws RecoveryException {
        while (failure.get() == null
                && next < need.segments().size()
                && onTheWay.size() < parallel
                && published.size() + onTheWay.size() < limits.segmentsAhead()) {
            String name = need.segments().get(next++);
            if (!published.contains(name) && !onTheWay.contains(name) && !serverHas(name)) {
                submit(name);
            }
        }
    }

    private boolean serverHas(String name) {
        return run.isServed(name) && serverWal.resolve(name).toFile().exists();
    }

    private void submit(String name) {
        onTheWay.add(name);
        screen.expect(name);
        workers.execute(() -> bring(name));
    }

    private void bring(String name) {
        try {
            String region = fetch.bring(name, this::screen);
            byRegion.merge(region, 1L, Long::sum);
            published.add(name);
        } catch (CancelledException closed) {
            LOG.debug("{} is not needed any more", name);
        } catch (RecoveryException cannot) {
            fail(name, cannot);
        } catch (RuntimeException | OutOfMemoryError unexpected) {
            fail(name, unexpected(name, unexpected));
        } finally {
            onTheWay.remove(name);
        }
    }

    /** Where the server begins to read no record is open: it begins with a whole one. */
    private void screen(String name, byte[] content) throws RecoveryException {
        int place = places.get(name);
        Optional<String> before =
                place <= begin ? Optional.empty() : Optional.of(need.segments().get(place - 1));
        screen.admit(name, before, content);
    }

    /**
     * What an earlier process let through: at hand in the server's own folder, or fetched again.
     */
    private SegmentSource.Answer earlier(String name, SegmentSource source)
            throws CancelledException {
        if (serverHas(name)) {
            try {
                byte[] content = Files.readAllBytes(serverWal.resolve(name));
                return new SegmentSource.Found(content, "the server");
            } catch (IOException takenAway) {
                LOG.debug("{} is fetched again", name, takenAway);
            }
        }
        return source.fetch(name);
    }

    private void fail(String name, RecoveryException cannot) {
        screen.giveUp(name, cannot);
        failure.compareAndSet(null, cannot);
        try {
            run.answerUnknown(name);
        } catch (RecoveryException alsoBroken) {
            cannot.addSuppressed(alsoBroken);
        }
    }

    private static RecoveryException unexpected(String name, Throwable cause) {
        return new RecoveryException(
                new Problem(
                        ProblemCode.UNEXPECTED,
                        "The WAL file " + name + " could not be brought to the server.",
                        "Something unforeseen happened: " + cause + ".",
                        "Look at the log, then go on with: lifeboat restores resume ID."),
                cause);
    }
}
