package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.CancelToken;

import java.util.List;
import java.util.function.Consumer;

/** A command that ends at once, well, having said one line. */
public final class EndedCommand implements Command {
    private final String twin;
    private final List<String> results;

    public EndedCommand(String twin) {
        this(twin, List.of());
    }

    /**
     * @param results the lines of JSON that it wrote
     */
    public EndedCommand(String twin, List<String> results) {
        this.twin = twin;
        this.results = List.copyOf(results);
    }

    @Override
    public String twin() {
        return twin;
    }

    @Override
    public long pid() {
        return 4711;
    }

    @Override
    public int follow(Consumer<String> results, Consumer<String> talk, CancelToken cancel) {
        this.results.forEach(results);
        talk.accept("done");
        return 0;
    }

    @Override
    public void interrupt() {}

    @Override
    public List<String> talk() {
        return List.of("done");
    }
}
