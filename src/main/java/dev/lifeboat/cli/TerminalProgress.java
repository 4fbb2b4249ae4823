package dev.lifeboat.cli;

import dev.lifeboat.kernel.Progress;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Work on show; {@link #close} takes it away and leaves one line that says what was done. */
public final class TerminalProgress implements AutoCloseable {
    private static final long DRAW_MILLIS = 100;
    private static final long PLAIN_MILLIS = 10_000;

    private final CountDownLatch over = new CountDownLatch(1);
    private final ProgressMeter meter;
    private final ProgressLine line;
    private final Talk talk;
    private final Thread sampler;

    private TerminalProgress(ProgressMeter meter, ProgressLine line, Talk talk) {
        this.meter = meter;
        this.line = line;
        this.talk = talk;
        this.sampler = Thread.ofPlatform().daemon().name("progress").unstarted(this::sample);
    }

    static TerminalProgress start(String what, Progress progress, ProgressUnit unit, Talk talk) {
        var shown =
                new TerminalProgress(
                        new ProgressMeter(progress, System.nanoTime()),
                        new ProgressLine(what, unit),
                        talk);
        shown.sampler.start();
        return shown;
    }

    private void sample() {
        try {
            long pause = talk.drawable() ? DRAW_MILLIS : PLAIN_MILLIS;
            while (!over.await(pause, TimeUnit.MILLISECONDS)) {
                show();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        ProgressMeter.Reading reading = meter.read(System.nanoTime());
        if (talk.drawable()) {
            talk.status(line.drawn(reading));
        } else {
            talk.line(line.plain(reading));
        }
    }

    /** Ends the show. A second call does nothing. */
    @Override
    public void close() {
        if (over.getCount() == 0) {
            return;
        }
        over.countDown();
        try {
            sampler.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        talk.status("");
        talk.line(line.done(meter.read(System.nanoTime())));
    }
}
