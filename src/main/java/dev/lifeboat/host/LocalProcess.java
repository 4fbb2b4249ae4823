package dev.lifeboat.host;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A child process of this program. */
final class LocalProcess implements HostProcess {
    private final Process process;

    LocalProcess(Process process) {
        this.process = process;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public int waitFor(CancelToken cancel) throws CancelledException {
        return waitFor(Duration.ofNanos(Long.MAX_VALUE), cancel).orElseThrow();
    }

    @Override
    public OptionalInt waitFor(Duration atMost, CancelToken cancel) throws CancelledException {
        var ended = new CompletableFuture<Void>();
        var _ = process.onExit().thenRun(() -> ended.complete(null));
        try (var _ = cancel.onCancel(() -> ended.complete(null))) {
            ended.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException stillRuns) {
            return OptionalInt.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (process.isAlive()) {
            cancel.check();
        }
        return OptionalInt.of(process.exitValue());
    }

    @Override
    public void terminate() {
        process.destroy();
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }
}
