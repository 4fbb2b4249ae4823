package dev.lifeboat.monitor;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** The rules of a file, evaluated as Prometheus does: pending first, firing after {@code for}. */
final class AlertRules {
    private final List<Rule> rules;
    private final Map<Rule, Map<Map<String, String>, Instant>> active = new HashMap<>();

    record Rule(
            String alert,
            String expr,
            Duration patience,
            String severity,
            Map<String, String> annotations) {}

    private AlertRules(List<Rule> rules) {
        this.rules = rules;
    }

    @SuppressWarnings("unchecked")
    static AlertRules of(Path file) throws IOException {
        var document =
                (Map<String, Object>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Files.readString(file));
        List<Rule> rules = new ArrayList<>();
        for (var group : (List<Map<String, Object>>) document.get("groups")) {
            for (var rule : (List<Map<String, Object>>) group.get("rules")) {
                rules.add(
                        new Rule(
                                (String) rule.get("alert"),
                                (String) rule.get("expr"),
                                duration((String) rule.get("for")),
                                ((Map<String, String>) rule.get("labels")).get("severity"),
                                (Map<String, String>) rule.get("annotations")));
            }
        }
        return new AlertRules(rules);
    }

    private static Duration duration(String text) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return text.endsWith("h") ? Duration.ofHours(number) : Duration.ofMinutes(number);
    }

    List<Rule> rules() {
        return rules;
    }

    /** The alerts that fire now. */
    Set<String> firing(NavigableMap<Instant, Scrape> history, Instant now) {
        Set<String> firing = new HashSet<>();
        for (Rule rule : rules) {
            var series = active.computeIfAbsent(rule, _ -> new HashMap<>());
            Set<Map<String, String>> holding = PromQl.of(history, now, rule.expr()).keySet();
            series.keySet().retainAll(holding);
            holding.forEach(labels -> series.putIfAbsent(labels, now));
            if (series.values().stream()
                    .anyMatch(since -> !since.plus(rule.patience()).isAfter(now))) {
                firing.add(rule.alert());
            }
        }
        return firing;
    }
}
