package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A command as a child process that writes to two files. Safe for any thread. */
final class ChildCommand implements Command {
    private static final Duration LOOK = Duration.ofMillis(150);
    private final String twin;
    private final Process process;
    private final Path out;
    private final Path err;
    private final List<String> talk = new ArrayList<>();

    ChildCommand(String twin, Process process, Path out, Path err) {
        this.twin = twin;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    @Override
    public String twin() {
        return twin;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int follow(Consumer<String> results, Consumer<String> said, CancelToken cancel)
            throws CancelledException {
        var standing = new FileTail(out);
        var talking = new FileTail(err);
        boolean over = false;
        while (!over) {
            over = !process.isAlive();
            standing.lines().forEach(results);
            talking.lines().forEach(line -> heard(line, said));
            if (!over) {
                cancel.sleep(LOOK);
            }
        }
        return process.exitValue();
    }

    private void heard(String line, Consumer<String> said) {
        synchronized (talk) {
            talk.add(line);
        }
        said.accept(line);
    }

    @Override
    public void interrupt() {
        process.destroy();
    }

    @Override
    public List<String> talk() {
        synchronized (talk) {
            return List.copyOf(talk);
        }
    }
}
