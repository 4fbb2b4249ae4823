package dev.lifeboat.backup.push;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Pushes files by a few threads, each file by one at a time; remembers what is durable, and tries
 * what failed again after a while. Safe for use by many threads.
 */
final class PushQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushQueue.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** What another process with a fresh environment may do better. */
    private static final Set<ProblemCode> OUTDATED =
            EnumSet.of(
                    ProblemCode.CREDENTIALS_MISSING,
                    ProblemCode.CREDENTIALS_EXPIRED,
                    ProblemCode.CREDENTIALS_REFUSED,
                    ProblemCode.ACCESS_DENIED,
                    ProblemCode.BUCKET_MISSING,
                    ProblemCode.KEY_WRONG);

    private final DataDirectory directory;
    private final SegmentPush push;
    private final PushFolder folder;
    private final String stamp;
    private final ExecutorService threads;
    private final MemoryGate memory = MemoryGate.ofHeap(Runtime.getRuntime().maxMemory());
    private final Map<String, Attempt> attempts = new HashMap<>();
    private volatile boolean outdated;

    /** One file's last attempt; not over while the future is not done. */
    private record Attempt(CompletableFuture<PushAnswer> answer, int failures, long endedNanos) {
        boolean isUnderWay() {
            return !answer.isDone();
        }

        boolean isDurable() {
            return answer.isDone() && answer.join() instanceof PushAnswer.Durable;
        }

        /** Failed, so that it is to be made again. */
        boolean isOpen() {
            return !isUnderWay() && !isDurable();
        }

        boolean isDue(long now) {
            long pause =
                    Math.min(
                            FIRST_PAUSE.toNanos() << Math.min(failures - 1, 10),
                            LONGEST_PAUSE.toNanos());
            return now - endedNanos >= pause;
        }
    }

    PushQueue(
            DataDirectory directory,
            SegmentPush push,
            PushFolder folder,
            String stamp,
            int threads) {
        this.directory = directory;
        this.push = push;
        this.folder = folder;
        this.stamp = stamp;
        this.threads =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("push-", 1).factory());
    }

    /** Pushes a file unless that is under way, done, or failed a moment ago. */
    synchronized void offer(String name) {
        Attempt last = attempts.get(name);
        if (last == null || (last.isOpen() && last.isDue(System.nanoTime()))) {
            begin(name, last);
        }
    }

    /** Pushes a file now, or joins the attempt under way. */
    synchronized CompletableFuture<PushAnswer> demand(String name) {
        Attempt last = attempts.get(name);
        if (last == null || last.isOpen()) {
            begin(name, last);
        }
        return attempts.get(name).answer;
    }

    /** Forgets what the server no longer asks for. */
    synchronized void keepOnly(Collection<String> names) {
        attempts.entrySet()
                .removeIf(
                        entry -> {
                            boolean over =
                                    !names.contains(entry.getKey())
                                            && !entry.getValue().isUnderWay();
                            if (over) {
                                forget(entry.getKey());
                            }
                            return over;
                        });
    }

    /** How many files are not durable yet. */
    synchronized long unfinished() {
        return attempts.values().stream().filter(attempt -> !attempt.isDurable()).count();
    }

    /** Whether an attempt failed for a reason that a new process may not have. */
    boolean isOutdated() {
        return outdated;
    }

    private void begin(String name, Attempt last) {
        int failures = last == null ? 0 : last.failures;
        var answer = new CompletableFuture<PushAnswer>();
        attempts.put(name, new Attempt(answer, failures, 0));
        threads.execute(() -> attempt(name, failures, answer));
    }

    private void attempt(String name, int failures, CompletableFuture<PushAnswer> answer) {
        try (var _ = memory.enter(directory.walFile(name))) {
            SegmentPush.Done done = push.pushMarked(directory, name);
            mark(name, done.facts());
            done.pushed()
                    .diverted()
                    .ifPresent(why -> LOG.warn("{} went to DR alone: {}", name, why));
            settle(name, failures, answer, PushAnswer.Durable.of(done.pushed()));
            push.index(directory, name, done);
        } catch (RecoveryException failure) {
            settle(name, failures, answer, failed(name, failure.problem()));
        } catch (RuntimeException | Error unknown) {
            LOG.error("Pushing {} broke down.", name, unknown);
            settle(name, failures, answer, failed(name, breakdown(unknown)));
        }
    }

    /** Says how an attempt ended; the first word holds. */
    private synchronized void settle(
            String name, int failures, CompletableFuture<PushAnswer> answer, PushAnswer result) {
        if (result instanceof PushAnswer.Failed && !answer.isDone()) {
            attempts.put(name, new Attempt(answer, failures + 1, System.nanoTime()));
        }
        answer.complete(result);
    }

    private PushAnswer failed(String name, Problem problem) {
        LOG.warn("{} is not archived yet: {}", name, problem);
        outdated |= OUTDATED.contains(problem.code());
        try {
            folder.markFailed(name, problem.code().name());
        } catch (IOException unmarked) {
            LOG.debug("The launcher waits in vain for {}.", name, unmarked);
        }
        return new PushAnswer.Failed(problem);
    }

    private static Problem breakdown(Throwable unknown) {
        return new Problem(
                ProblemCode.UNEXPECTED,
                "The resident pusher broke down over a file.",
                "It met " + unknown.getClass().getSimpleName() + ".",
                "Look at its log in LIFEBOAT_HOME; the server tries again by itself.");
    }

    /** Without a marker the launcher asks a virtual machine, which asks here. */
    private void mark(String name, FileFacts facts) {
        try {
            folder.markDurable(name, facts, stamp);
        } catch (IOException unmarked) {
            LOG.warn("No marker for {} could be written.", name, unmarked);
        }
    }

    private void forget(String name) {
        try {
            folder.forget(name);
        } catch (IOException harmless) {
            LOG.debug("The marker of {} stays.", name, harmless);
        }
    }

    /** What is under way is given up; the server asks for it again. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
