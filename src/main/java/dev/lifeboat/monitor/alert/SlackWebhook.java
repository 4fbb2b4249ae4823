package dev.lifeboat.monitor.alert;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.Sleeper;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The webhook of Slack that is set up. Its address is a secret, and repeated in no text. */
public final class SlackWebhook implements AutoCloseable {
    private final Secret address;
    private final Delivery delivery;

    /**
     * @param address owned from here on
     */
    SlackWebhook(Secret address, Sleeper sleeper) {
        this.address = address;
        this.delivery = new Delivery("Slack", sleeper);
    }

    /**
     * That of the settings; empty when none is set.
     *
     * @throws RecoveryException when the secret cannot be had
     */
    public static Optional<SlackWebhook> of(
            Settings settings, SecretSource secrets, Sleeper sleeper) throws RecoveryException {
        return settings.slackWebhook(secrets)
                .map(webhook -> new SlackWebhook(webhook.secret(), sleeper));
    }

    /**
     * Says something there.
     *
     * @throws RecoveryException SETTING_INVALID when the address is none; NOTIFICATION_FAILED when
     *     it was not taken, after retries
     */
    public void say(String text) throws RecoveryException {
        post(AlertJson.slack(text));
    }

    void post(String json) throws RecoveryException {
        delivery.post(address(), json);
    }

    private URI address() throws RecoveryException {
        String text = new String(address.copyUtf8(), StandardCharsets.UTF_8).strip();
        if (!text.matches("https?://[^\\s/]+/\\S*")) {
            throw new RecoveryException(
                    ProblemCode.SETTING_INVALID,
                    "BACKUP_SLACK_WEBHOOK is no address of a webhook.",
                    "It must begin with https:// and have a path.",
                    "Set it to the address Slack gave, or to file:PATH of a file that holds it.");
        }
        return URI.create(text);
    }

    @Override
    public void close() {
        address.close();
        delivery.close();
    }
}
