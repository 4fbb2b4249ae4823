package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.storage.memory.MemoryStore;

import org.junit.jupiter.api.Nested;

import java.time.Clock;
import java.time.Duration;
import java.util.Random;

/** The contract holds through every decorator, and with faults where retries take them away. */
class DecoratedStoresTest {
    static MemoryStore memory() {
        return new MemoryStore("memory", Clock.systemUTC());
    }

    static RetryingStore retrying(ObjectStore inner) {
        return new RetryingStore(
                inner,
                new RetryPolicy(
                        30, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofHours(1)),
                Clock.systemUTC(),
                _ -> {},
                new Random(1),
                (_, _) -> {});
    }

    @Nested
    class Retrying extends ObjectStoreContract {
        @Override
        protected ObjectStore open() {
            return retrying(memory());
        }
    }

    @Nested
    class Metered extends ObjectStoreContract {
        @Override
        protected ObjectStore open() {
            return new MeteredStore(memory(), new StoreMeter());
        }
    }

    @Nested
    class Limited extends ObjectStoreContract {
        @Override
        protected ObjectStore open() {
            return new LimitedStore(memory(), 4, 1L << 40, CancelToken.never()::sleep);
        }
    }

    @Nested
    class FaultyWithoutFaults extends ObjectStoreContract {
        @Override
        protected ObjectStore open() {
            return new FaultyStore(memory(), Faults.none(), new Random(2), _ -> {});
        }
    }

    @Nested
    class RetryingOverFaults extends ObjectStoreContract {
        @Override
        protected ObjectStore open() {
            ObjectStore faulty =
                    new FaultyStore(memory(), Faults.network(0.4), new Random(3), _ -> {});
            return retrying(
                    new MeteredStore(new LimitedStore(faulty, 8, 0, _ -> {}), new StoreMeter()));
        }
    }
}
