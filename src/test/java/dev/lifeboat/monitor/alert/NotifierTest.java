package dev.lifeboat.monitor.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.monitor.Health;
import dev.lifeboat.monitor.HealthCheck;
import dev.lifeboat.monitor.HealthFinding;
import dev.lifeboat.monitor.Severity;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.Region;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Both services are played by an HTTP server that writes down what it is sent. */
class NotifierTest {
    private static final HealthFinding LAG =
            new HealthFinding(
                    HealthCheck.DR_LAG,
                    Severity.WARNING,
                    Optional.of(Region.Role.DR),
                    "The DR region is 19 m behind.",
                    "lifeboat replicate --apply.");
    private static final HealthFinding LOSS =
            new HealthFinding(
                    HealthCheck.RPO,
                    Severity.CRITICAL,
                    Optional.empty(),
                    "Lost: <9 m>.",
                    "lifeboat doctor.");

    @TempDir private Path home;
    private final List<String> received = new ArrayList<>();
    private final Queue<Integer> statuses = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private HttpServer service;

    @BeforeEach
    void serve() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        service.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        received.add(
                                new String(
                                        exchange.getRequestBody().readAllBytes(),
                                        StandardCharsets.UTF_8));
                        Integer status = statuses.poll();
                        if (status != null && status == 429) {
                            exchange.getResponseHeaders().set("Retry-After", "7");
                        }
                        exchange.sendResponseHeaders(status == null ? 200 : status, -1);
                    }
                });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void aTroubleIsToldOnceAndThenThatItIsOver() throws Exception {
        tell(slack(), LAG);
        tell(slack(), LAG);
        assertThat(received).hasSize(1);
        assertThat(json(0).get("text").asText())
                .contains("Backups of orders", ":warning: The DR region is 19 m behind.");

        tell(slack(), LAG.as(Severity.OK));
        tell(slack(), LAG.as(Severity.OK));
        assertThat(received).hasSize(2);
        assertThat(json(1).get("text").asText()).contains(":white_check_mark: over:");
    }

    @Test
    void aTroubleThatGrowsIsToldAgain() throws Exception {
        tell(slack(), LAG);
        tell(slack(), LAG.as(Severity.CRITICAL));

        assertThat(received).hasSize(2);
        assertThat(json(1).get("text").asText()).contains(":rotating_light:");
    }

    @Test
    void whatCanNoLongerBeJudgedIsNotOver() throws Exception {
        tell(slack(), LAG);
        tell(slack());

        assertThat(received).hasSize(1);
    }

    @Test
    void slacksOwnCharactersAreEscaped() throws Exception {
        tell(slack(), LOSS);

        assertThat(json(0).get("text").asText()).contains("Lost: &lt;9 m&gt;.");
    }

    @Test
    void pagerDutyHearsOfWhatIsCriticalAloneAndKnowsItAgain() throws Exception {
        tell(pagerDuty(), LAG, LOSS);
        assertThat(received).hasSize(1);
        JsonNode event = json(0);
        assertThat(event.get("event_action").asText()).isEqualTo("trigger");
        assertThat(event.get("routing_key").asText()).isEqualTo("R0UTING");
        assertThat(event.get("dedup_key").asText()).isEqualTo("lifeboat/orders/rpo");
        assertThat(event.get("payload").get("severity").asText()).isEqualTo("critical");
        assertThat(event.get("payload").get("summary").asText()).startsWith("orders: Lost");
        assertThat(event.get("payload").get("source").asText()).isEqualTo("orders");

        tell(pagerDuty(), LAG, LOSS.as(Severity.WARNING));
        assertThat(json(1).get("event_action").asText()).isEqualTo("resolve");
        assertThat(json(1).get("dedup_key").asText()).isEqualTo("lifeboat/orders/rpo");
    }

    @Test
    void aBusyServiceIsAskedAgainWhenItSaysAndAFailingOneLater() throws Exception {
        statuses.addAll(List.of(429, 500));

        assertThat(tell(slack(), LAG)).isEmpty();

        assertThat(received).hasSize(3);
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(4));
    }

    @Test
    void whatWasNotTakenIsToldTheNextTime() throws Exception {
        statuses.addAll(List.of(500, 500, 500));
        List<Problem> problems = tell(slack(), LAG);
        assertThat(problems)
                .singleElement()
                .extracting(Problem::code)
                .isEqualTo(ProblemCode.NOTIFICATION_FAILED);

        assertThat(tell(slack(), LAG)).isEmpty();
        assertThat(received).hasSize(4);
    }

    @Test
    void aRefusalIsNotRepeatedAndNamesNoSecret() throws Exception {
        statuses.add(404);

        List<Problem> problems = tell(slack(), LAG);

        assertThat(received).hasSize(1);
        assertThat(problems.toString())
                .contains("It answered 404.")
                .doesNotContain("T0KEN", "127.0.0.1");
    }

    @Test
    void anAddressThatIsNoneNamesNoSecretEither() throws Exception {
        List<Problem> problems =
                tell(new SlackChannel(new SlackWebhook(Secret.of("hush hush"), _ -> {})), LAG);

        assertThat(problems.toString()).contains("BACKUP_SLACK_WEBHOOK").doesNotContain("hush");
    }

    @Test
    void aMemoryThatIsDamagedTellsTwiceRatherThanNever() throws Exception {
        tell(slack(), LAG);
        Files.writeString(home.resolve("told.json"), "{broken");
        tell(slack(), LAG);

        assertThat(received).hasSize(2);
    }

    private List<Problem> tell(Channel channel, HealthFinding... findings) throws Exception {
        try (var notifier = new Notifier(Channels.of(channel), home.resolve("told.json"))) {
            return notifier.tell("orders", health(findings));
        }
    }

    private static Health health(HealthFinding... findings) {
        List<HealthFinding> sorted =
                Arrays.stream(findings).sorted(HealthFinding.WORST_FIRST).toList();
        return new Health(Instant.EPOCH, Severity.WARNING, "", sorted, null, null);
    }

    private Channel slack() {
        return new SlackChannel(
                new SlackWebhook(Secret.of(address() + "/services/T0KEN"), pauses::add));
    }

    private Channel pagerDuty() {
        return new PagerDutyChannel(Secret.of("R0UTING"), address(), pauses::add);
    }

    private String address() {
        return "http://127.0.0.1:" + service.getAddress().getPort();
    }

    private JsonNode json(int message) throws IOException {
        return new JsonMapper().readTree(received.get(message));
    }
}
