package dev.lifeboat.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

@Timeout(30)
class BufferPoolTest {
    private final BufferPool pool = new BufferPool(2, 10);
    private final CancelToken cancel = new CancelToken();

    @Test
    void theSameBuffersGoRound() throws Exception {
        byte[] first;
        try (var one = pool.take(cancel);
                var two = pool.take(cancel)) {
            first = two.bytes();
            assertThat(one.bytes()).hasSize(10).isNotSameAs(first);
        }

        try (var one = pool.take(cancel);
                var two = pool.take(cancel)) {
            assertThat(first).isIn(one.bytes(), two.bytes());
        }
    }

    @Test
    void whoFindsNoneWaitsForOne() throws Exception {
        var one = pool.take(cancel);
        var _ = pool.take(cancel);
        byte[] bytes = one.bytes();
        var asking = new CountDownLatch(1);
        var third =
                CompletableFuture.supplyAsync(
                        () -> {
                            asking.countDown();
                            return taken();
                        });
        asking.await();
        assertThat(third).isNotDone();

        one.close();

        assertThat(third.get().bytes()).isSameAs(bytes);
    }

    @Test
    void aStopEndsTheWaiting() throws Exception {
        var _ = pool.take(cancel);
        var _ = pool.take(cancel);
        var asking = new CountDownLatch(1);
        var third =
                CompletableFuture.supplyAsync(
                        () -> {
                            asking.countDown();
                            return taken();
                        });
        asking.await();

        cancel.cancel();

        assertThatThrownBy(third::get).hasRootCauseInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> pool.take(cancel)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aBufferGivenBackTwiceIsGivenOutOnce() throws Exception {
        var one = pool.take(cancel);
        one.close();
        one.close();

        assertThatThrownBy(one::bytes).isInstanceOf(IllegalStateException.class);
        try (var first = pool.take(cancel);
                var second = pool.take(cancel)) {
            assertThat(first.bytes()).isNotSameAs(second.bytes());
        }
    }

    private PooledBuffer taken() {
        try {
            return pool.take(cancel);
        } catch (CancelledException cancelled) {
            throw new IllegalStateException(cancelled);
        }
    }
}
