package dev.lifeboat.monitor;

import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a parser of Prometheus' text format makes of an answer. */
record Scrape(List<MetricFamily> families) {
    static Scrape of(String text) {
        var collector = new CollectorPrometheusMetricsWalker();
        new TextPrometheusMetricsProcessor(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), collector)
                .walk();
        return new Scrape(collector.getAllMetricFamilies());
    }

    /** Every sample of the name, by its labels. */
    Map<Map<String, String>, Double> samples(String name) {
        Map<Map<String, String>, Double> samples = new HashMap<>();
        for (MetricFamily family : families) {
            if (family.getName().equals(name)) {
                family.getMetrics().forEach(m -> samples.put(m.getLabels(), value(m)));
            }
        }
        return samples;
    }

    Optional<Double> value(String name, String... labels) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return Optional.ofNullable(samples(name).get(wanted));
    }

    private static double value(Metric metric) {
        return switch (metric) {
            case Gauge gauge -> gauge.getValue();
            case Counter counter -> counter.getValue();
            default -> throw new IllegalArgumentException(metric.getClass() + " is not ours");
        };
    }
}
