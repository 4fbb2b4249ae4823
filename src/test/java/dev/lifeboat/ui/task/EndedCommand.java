package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.CancelToken;

import java.util.List;
import java.util.function.Consumer;

/** A command that ends at once, well, having said one line. */
public final class EndedCommand implements Command {
    private final String twin;

    public EndedCommand(String twin) {
        this.twin = twin;
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
