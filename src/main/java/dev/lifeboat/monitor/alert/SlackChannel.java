package dev.lifeboat.monitor.alert;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Severity;

import java.util.List;

/** One message with everything that changed. */
final class SlackChannel implements Channel {
    private final SlackWebhook webhook;

    /**
     * @param webhook owned from here on
     */
    SlackChannel(SlackWebhook webhook) {
        this.webhook = webhook;
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
        webhook.post(AlertJson.slack(cluster, changes));
    }

    @Override
    public void close() {
        webhook.close();
    }
}
