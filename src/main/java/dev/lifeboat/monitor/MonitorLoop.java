package dev.lifeboat.monitor;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Sleeper;

import java.time.Duration;

/** Looks again and again, publishes what it saw, and hands it on. */
public final class MonitorLoop {
    private final Look look;
    private final Hearer hearer;
    private final HealthBoard board;

    /** One look at everything. */
    public interface Look {
        Health now() throws RecoveryException;
    }

    /** Hears of every look. */
    public interface Hearer {
        void looked(Health health) throws CancelledException;

        void failed(RecoveryException failure);
    }

    public MonitorLoop(Look look, HealthBoard board, Hearer hearer) {
        this.look = look;
        this.board = board;
        this.hearer = hearer;
    }

    /**
     * Looks once; that it failed is published like everything else.
     *
     * @throws CancelledException when it was stopped
     */
    public void step() throws CancelledException {
        try {
            Health health = look.now();
            board.publish(health);
            hearer.looked(health);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException failed) {
            board.publish(failed.problem());
            hearer.failed(failed);
        }
    }

    /**
     * Goes on until it is stopped.
     *
     * @throws CancelledException always, when it is
     */
    public void run(Duration pause, Sleeper sleeper) throws CancelledException {
        while (true) {
            sleeper.sleep(pause);
            step();
        }
    }
}
