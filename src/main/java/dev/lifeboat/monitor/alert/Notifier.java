package dev.lifeboat.monitor.alert;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Health;
import dev.lifeboat.monitor.HealthFinding;
import dev.lifeboat.monitor.Severity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells each channel what changed since it was last told. A trouble that can no longer be judged is
 * not over. For one thread.
 */
public final class Notifier implements AutoCloseable {
    private final Channels channels;
    private final ToldFile file;

    /**
     * @param channels closed with this
     * @param told where it is remembered what was told
     */
    public Notifier(Channels channels, Path told) {
        this.channels = channels;
        this.file = new ToldFile(told);
    }

    /**
     * Tells. What is not taken stays to be told.
     *
     * @param cluster which database it is about
     * @return why a channel could not be told, or the memory not be kept
     * @throws CancelledException when it was stopped
     */
    public List<Problem> tell(String cluster, Health health) throws CancelledException {
        List<Problem> problems = new ArrayList<>();
        if (channels.all().isEmpty()) {
            return problems;
        }
        Map<String, Map<String, Severity>> told = file.read();
        for (Channel channel : channels.all()) {
            String memory = channel.name() + " " + cluster;
            Map<String, Severity> before = told.getOrDefault(memory, Map.of());
            List<Change> changes = changes(health, channel.threshold(), before);
            if (changes.isEmpty()) {
                continue;
            }
            try {
                channel.tell(cluster, changes);
                told.put(memory, after(before, changes));
                file.write(told);
            } catch (CancelledException stopped) {
                throw stopped;
            } catch (RecoveryException failed) {
                problems.add(failed.problem());
            }
        }
        return problems;
    }

    private static List<Change> changes(
            Health health, Severity threshold, Map<String, Severity> before) {
        List<Change> changes = new ArrayList<>();
        for (HealthFinding finding : health.worstOfEach()) {
            String subject = subject(finding);
            Severity now =
                    finding.severity().compareTo(threshold) < 0 ? Severity.OK : finding.severity();
            if (now != before.getOrDefault(subject, Severity.OK)) {
                changes.add(new Change(subject, finding.as(now)));
            }
        }
        return changes;
    }

    private static String subject(HealthFinding finding) {
        return finding.check().word() + finding.region().map(region -> "/" + region).orElse("");
    }

    private static Map<String, Severity> after(Map<String, Severity> before, List<Change> changes) {
        Map<String, Severity> after = new TreeMap<>(before);
        for (Change change : changes) {
            if (change.isOver()) {
                after.remove(change.subject());
            } else {
                after.put(change.subject(), change.finding().severity());
            }
        }
        return after;
    }

    @Override
    public void close() {
        channels.all().forEach(Channel::close);
    }
}
