package dev.lifeboat.monitor.alert;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Severity;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.Sleeper;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One message with everything that changed, to a webhook whose address is a secret. */
final class SlackChannel implements Channel {
    private final Secret webhook;
    private final Delivery delivery;

    /**
     * @param webhook its address; owned from here on
     */
    SlackChannel(Secret webhook, Sleeper sleeper) {
        this.webhook = webhook;
        this.delivery = new Delivery("Slack", sleeper);
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public Severity threshold() {
        return Severity.WARNING;
    }

    @Override
    public void tell(String cluster, List<Change> changes) throws RecoveryException {
        delivery.post(address(), AlertJson.slack(cluster, changes));
    }

    private URI address() throws RecoveryException {
        String text = new String(webhook.copyUtf8(), StandardCharsets.UTF_8).strip();
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
        webhook.close();
        delivery.close();
    }
}
