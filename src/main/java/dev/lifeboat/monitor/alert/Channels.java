package dev.lifeboat.monitor.alert;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.ResolvedSecret;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.Sleeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The channels that are set up. */
public final class Channels {
    private final List<Channel> channels;

    private Channels(List<Channel> channels) {
        this.channels = List.copyOf(channels);
    }

    /**
     * Those of the settings; none when nobody is to be told.
     *
     * @throws RecoveryException when a secret cannot be had
     */
    public static Channels of(Settings settings, SecretSource secrets, Sleeper sleeper)
            throws RecoveryException {
        List<Channel> channels = new ArrayList<>();
        SlackWebhook.of(settings, secrets, sleeper)
                .ifPresent(webhook -> channels.add(new SlackChannel(webhook)));
        Optional<ResolvedSecret> pagerDuty = settings.pagerDutyKey(secrets);
        if (pagerDuty.isPresent()) {
            channels.add(
                    new PagerDutyChannel(
                            pagerDuty.get().secret(), settings.pagerDutyService(), sleeper));
        }
        return new Channels(channels);
    }

    static Channels of(Channel... channels) {
        return new Channels(List.of(channels));
    }

    List<Channel> all() {
        return channels;
    }
}
