package dev.lifeboat.ui.restore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Work that is done at once, unless a test holds it: a command that is held does not end. */
final class HeldWork implements Executor {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean holds;

    /** Does something whose background work waits. */
    void during(Runnable act) {
        holds = true;
        act.run();
        holds = false;
    }

    /** Does the oldest work that waits. */
    void goOn() {
        waiting.remove().run();
    }

    @Override
    public void execute(Runnable work) {
        if (holds) {
            waiting.add(work);
        } else {
            work.run();
        }
    }
}
