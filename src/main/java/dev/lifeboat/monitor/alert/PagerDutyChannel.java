package dev.lifeboat.monitor.alert;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Severity;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.Sleeper;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pages people for what is critical: one event each, which PagerDuty itself knows again. */
final class PagerDutyChannel implements Channel {
    private final Secret routingKey;
    private final URI events;
    private final Delivery delivery;

    /**
     * @param routingKey of an integration with Events API v2; owned from here on
     * @param service the address of PagerDuty, without a path
     */
    PagerDutyChannel(Secret routingKey, String service, Sleeper sleeper) {
        this.routingKey = routingKey;
        this.events = URI.create(service + "/v2/enqueue");
        this.delivery = new Delivery("PagerDuty", sleeper);
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    public Severity threshold() {
        return Severity.CRITICAL;
    }

    @Override
    public void tell(String cluster, List<Change> changes) throws RecoveryException {
        String key = new String(routingKey.copyUtf8(), StandardCharsets.UTF_8).strip();
        for (Change change : changes) {
            delivery.post(events, AlertJson.pagerDuty(cluster, key, change));
        }
    }

    @Override
    public void close() {
        routingKey.close();
        delivery.close();
    }
}
