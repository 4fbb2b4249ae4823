package dev.lifeboat.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

class HealthServerTest {
    private static final Instant NOON = Instant.parse("2026-04-07T12:00:00Z");
    private Instant now = NOON;
    private final HealthBoard board = new HealthBoard(new Hands(), Duration.ofMinutes(15));
    private HealthServer server;

    @BeforeEach
    void listen() throws RecoveryException {
        server = HealthServer.bind(loopback(0), board);
        server.serve();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void backupsThatAreWellAre200() throws Exception {
        board.publish(Observations.well(NOON).judged());

        HttpResponse<String> answer = get("/health/backup");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"status\":\"ok\"", "\"rpoSeconds\":60");
    }

    @Test
    void whatIsCriticalIs503WithItsReason() throws Exception {
        Observations world = Observations.well(NOON);
        world.lose(Role.DR);
        board.publish(world.judged());

        HttpResponse<String> answer = get("/health/backup");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains("\"status\":\"failing\"", "Nothing is known of the dr region");
    }

    @Test
    void nothingSeenYetIsNotWell() throws Exception {
        assertThat(get("/health/backup").statusCode()).isEqualTo(503);
        assertThat(get("/metrics").body()).isEmpty();
    }

    @Test
    void anAnswerThatHasGrownOldIsNotWell() throws Exception {
        board.publish(Observations.well(NOON).judged());
        now = NOON.plus(Duration.ofMinutes(16));

        HttpResponse<String> answer = get("/health/backup");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("last looked at 16 m ago");
    }

    @Test
    void aLookThatFailedIsNotWellAndTheNextOneMendsIt() throws Exception {
        Queue<MonitorLoop.Look> looks =
                new ArrayDeque<>(
                        List.of(
                                () -> {
                                    throw new RecoveryException(Observations.SILENCE);
                                },
                                () -> Observations.well(NOON).judged()));
        var heard = new Heard();
        var loop = new MonitorLoop(() -> looks.remove().now(), board, heard);

        loop.step();
        assertThat(get("/health/backup").statusCode()).isEqualTo(503);
        assertThat(get("/health/backup").body()).contains("endpoint does not answer");
        loop.step();
        assertThat(get("/health/backup").statusCode()).isEqualTo(200);
        assertThat(heard.count).isEqualTo(11);
    }

    @Test
    void theLoopEndsWhenItIsAskedTo() {
        var cancel = new CancelToken();
        var loop = new MonitorLoop(() -> Observations.well(NOON).judged(), board, new Heard());

        assertThatThrownBy(
                        () ->
                                loop.run(
                                        Duration.ofDays(1),
                                        _ -> {
                                            cancel.cancel();
                                            cancel.check();
                                        }))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void metricsAreThereInPrometheusFormat() throws Exception {
        board.publish(Observations.well(NOON).judged());

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(Scrape.of(answer.body()).value("lifeboat_healthy")).contains(1.0);
    }

    @Test
    void nothingElseIsThereAndNothingCanBeSent() throws Exception {
        assertThat(get("/health/backup/x").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(
                        send(HttpRequest.newBuilder(uri("/metrics"))
                                        .POST(HttpRequest.BodyPublishers.ofString("x")))
                                .statusCode())
                .isEqualTo(405);
    }

    @Test
    void aPortThatIsTakenIsSaidWithARemedy() {
        assertThatThrownBy(() -> HealthServer.bind(server.address(), board))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("--listen");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static final class Heard implements MonitorLoop.Hearer {
        private int count;

        @Override
        public void looked(Health health) {
            count += 1;
        }

        @Override
        public void failed(RecoveryException failure) {
            count += 10;
        }
    }

    private final class Hands extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
