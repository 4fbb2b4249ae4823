package dev.lifeboat.ui.task;

import dev.lifeboat.engine.Unexpected;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Runs what blocks in the background and answers in the foreground. For each task exactly one of
 * its callbacks is called, on the foreground executor; none is when it was {@linkplain
 * Running#cancel() cancelled}, since whoever cancels no longer wants an answer. An error nobody
 * foresaw is answered as {@code UNEXPECTED}. Tests pass {@code Runnable::run} twice. Safe for any
 * thread.
 */
public final class TaskRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
    private final Executor background;
    private final Executor foreground;

    public TaskRunner(Executor background, Executor foreground) {
        this.background = background;
        this.foreground = foreground;
    }

    /** What blocks. It checks the token and throws {@link CancelledException} when it stops. */
    @FunctionalInterface
    public interface Work<T> {
        T run(CancelToken cancel) throws RecoveryException;
    }

    /** A task under way. */
    @FunctionalInterface
    public interface Running {
        /** Asks for the stop; no callback is called from then on. */
        void cancel();
    }

    /**
     * Begins a task.
     *
     * @param onSuccess takes what the work gave
     * @param onFailure takes why it gave nothing
     */
    public <T> Running run(Work<T> work, Consumer<T> onSuccess, Consumer<Problem> onFailure) {
        var cancel = new CancelToken();
        background.execute(() -> answer(cancel, attempt(work, onSuccess, onFailure, cancel)));
        return cancel::cancel;
    }

    /** Has the foreground do something soon: news from work that goes on. */
    public void inForeground(Runnable news) {
        foreground.execute(news);
    }

    private static <T> Runnable attempt(
            Work<T> work, Consumer<T> onSuccess, Consumer<Problem> onFailure, CancelToken cancel) {
        try {
            T result = work.run(cancel);
            return () -> onSuccess.accept(result);
        } catch (RecoveryException stopped) {
            return () -> onFailure.accept(stopped.problem());
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError unexpected) {
            Problem problem = Unexpected.problem(unexpected);
            LOG.error("A task of the console broke down: {}", problem, unexpected);
            return () -> onFailure.accept(problem);
        }
    }

    private void answer(CancelToken cancel, Runnable callback) {
        foreground.execute(
                () -> {
                    if (!cancel.isCancelled()) {
                        callback.run();
                    }
                });
    }
}
