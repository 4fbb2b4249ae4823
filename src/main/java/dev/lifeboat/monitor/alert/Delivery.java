package dev.lifeboat.monitor.alert;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Sleeper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * Posts JSON, again after a pause when the other side is busy or does not answer. Neither address
 * nor answer is repeated in a text: a webhook's address is its secret.
 */
final class Delivery implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final String channel;
    private final Sleeper sleeper;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Delivery(String channel, Sleeper sleeper) {
        this.channel = channel;
        this.sleeper = sleeper;
    }

    /**
     * Posts until it is taken.
     *
     * @throws RecoveryException NOTIFICATION_FAILED when it was refused, or not taken in three
     *     attempts
     */
    void post(URI address, String json) throws RecoveryException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build();
        String why = "";
        for (int attempt = 0; attempt <= PAUSES.size(); attempt++) {
            Duration pause = attempt < PAUSES.size() ? PAUSES.get(attempt) : Duration.ZERO;
            try {
                HttpResponse<Void> answer =
                        client.send(request, HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() / 100 == 2) {
                    return;
                }
                why = "It answered " + answer.statusCode() + ".";
                if (!isPassing(answer.statusCode())) {
                    break;
                }
                pause = asked(answer, pause);
            } catch (IOException unanswered) {
                why = "It could not be reached: " + unanswered.getClass().getSimpleName() + ".";
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                why = "The attempt was interrupted.";
                break;
            }
            if (attempt < PAUSES.size()) {
                sleeper.sleep(pause);
            }
        }
        throw refused(why);
    }

    private static boolean isPassing(int status) {
        return status == 429 || status / 100 == 5;
    }

    private static Duration asked(HttpResponse<Void> answer, Duration otherwise) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(asked -> asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked)
                .orElse(otherwise);
    }

    private RecoveryException refused(String why) {
        return new RecoveryException(
                ProblemCode.NOTIFICATION_FAILED,
                "The message to " + channel + " was not taken.",
                why,
                "It is sent again with the next evaluation; check the setting of " + channel + ".");
    }

    @Override
    public void close() {
        client.close();
    }
}
