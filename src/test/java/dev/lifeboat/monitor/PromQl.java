package dev.lifeboat.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of PromQL as alerts need: selectors, {@code time()}, {@code max}, {@code absent}, {@code
 * increase}, arithmetic, comparisons. Vectors are matched by all their labels.
 */
final class PromQl {
    private static final Duration STALE = Duration.ofMinutes(5);
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(\\d+(?:\\.\\d+)?|[a-z_][a-z0-9_]*|==|!=|>=|<=|\"[^\"]*\"|[-+*/<>(){}\\[\\],=])");

    private final NavigableMap<Instant, Scrape> history;
    private final Instant now;
    private final List<String> tokens;
    private int next;

    private PromQl(NavigableMap<Instant, Scrape> history, Instant now, String expression) {
        this.history = history;
        this.now = now;
        Matcher matcher = TOKEN.matcher(expression);
        this.tokens = matcher.results().map(result -> result.group(1)).toList();
        String read = String.join("", tokens);
        if (!read.equals(expression.replaceAll("\\s", ""))) {
            throw new IllegalArgumentException("cannot read " + expression + ", only " + read);
        }
    }

    /** The series the expression gives now; an alert is active for each of them. */
    static Map<Map<String, String>, Double> of(
            NavigableMap<Instant, Scrape> history, Instant now, String expression) {
        var query = new PromQl(history, now, expression);
        Object value = query.comparison();
        if (query.next != query.tokens.size()) {
            throw new IllegalArgumentException("unread: " + query.peek() + " in " + expression);
        }
        return query.vector(value);
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private boolean take(String token) {
        boolean there = peek().equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new IllegalArgumentException(token + " expected at " + peek());
        }
    }

    private Object comparison() {
        Object left = sum();
        String operator = peek();
        if (!List.of("<", ">", "<=", ">=", "==", "!=").contains(operator)) {
            return left;
        }
        next++;
        Object right = sum();
        Map<Map<String, String>, Double> kept = new HashMap<>();
        join(left, right)
                .forEach(
                        (labels, pair) -> {
                            if (holds(operator, Double.compare(pair[0], pair[1]))) {
                                kept.put(labels, pair[0]);
                            }
                        });
        return kept;
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            case "==" -> order == 0;
            default -> order != 0;
        };
    }

    private Object sum() {
        Object left = product();
        while (List.of("+", "-").contains(peek())) {
            left = combined(tokens.get(next++), left, product());
        }
        return left;
    }

    private Object product() {
        Object left = factor();
        while (List.of("*", "/").contains(peek())) {
            left = combined(tokens.get(next++), left, factor());
        }
        return left;
    }

    private Object combined(String operator, Object left, Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return applied(operator, a, b);
        }
        Map<Map<String, String>, Double> result = new HashMap<>();
        join(left, right)
                .forEach((labels, pair) -> result.put(labels, applied(operator, pair[0], pair[1])));
        return result;
    }

    private static double applied(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            default -> a / b;
        };
    }

    private Map<Map<String, String>, double[]> join(Object left, Object right) {
        Map<Map<String, String>, double[]> pairs = new HashMap<>();
        if (left instanceof Double scalar) {
            vector(right).forEach((labels, b) -> pairs.put(labels, new double[] {scalar, b}));
        } else if (right instanceof Double scalar) {
            vector(left).forEach((labels, a) -> pairs.put(labels, new double[] {a, scalar}));
        } else {
            var others = vector(right);
            vector(left)
                    .forEach(
                            (labels, a) -> {
                                if (others.containsKey(labels)) {
                                    pairs.put(labels, new double[] {a, others.get(labels)});
                                }
                            });
        }
        return pairs;
    }

    @SuppressWarnings("unchecked")
    private Map<Map<String, String>, Double> vector(Object value) {
        return (Map<Map<String, String>, Double>) value;
    }

    private Object factor() {
        String token = tokens.get(next++);
        if (Character.isDigit(token.charAt(0))) {
            return Double.valueOf(token);
        }
        if (!take("(")) {
            return instant(token, labels());
        }
        Object value =
                switch (token) {
                    case "time" -> (double) now.getEpochSecond();
                    case "max" -> max(vector(comparison()));
                    case "absent" ->
                            vector(comparison()).isEmpty() ? Map.of(Map.of(), 1.0) : Map.of();
                    case "increase" -> increase();
                    default -> throw new IllegalArgumentException("unknown function " + token);
                };
        expect(")");
        return value;
    }

    private static Object max(Map<Map<String, String>, Double> samples) {
        return samples.values().stream()
                .max(Double::compare)
                .map(most -> Map.of(Map.<String, String>of(), most))
                .orElse(Map.of());
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        if (take("{")) {
            while (!take("}")) {
                String name = tokens.get(next++);
                expect("=");
                String quoted = tokens.get(next++);
                labels.put(name, quoted.substring(1, quoted.length() - 1));
                take(",");
            }
        }
        return labels;
    }

    private Map<Map<String, String>, Double> instant(String name, Map<String, String> wanted) {
        Map.Entry<Instant, Scrape> last = history.floorEntry(now);
        if (last == null || last.getKey().isBefore(now.minus(STALE))) {
            return Map.of();
        }
        Map<Map<String, String>, Double> found = new HashMap<>(last.getValue().samples(name));
        found.keySet().removeIf(labels -> !labels.entrySet().containsAll(wanted.entrySet()));
        return found;
    }

    private Map<Map<String, String>, Double> increase() {
        String name = tokens.get(next++);
        Map<String, String> wanted = labels();
        expect("[");
        long number = Long.parseLong(tokens.get(next++));
        Duration range = Duration.ofHours(number);
        expect("h");
        expect("]");
        Map<Map<String, String>, TreeMap<Instant, Double>> series = new HashMap<>();
        history.subMap(now.minus(range), false, now, true)
                .forEach(
                        (at, scrape) ->
                                scrape.samples(name)
                                        .forEach(
                                                (labels, value) ->
                                                        series.computeIfAbsent(
                                                                        labels,
                                                                        _ -> new TreeMap<>())
                                                                .put(at, value)));
        Map<Map<String, String>, Double> grown = new HashMap<>();
        series.forEach(
                (labels, samples) -> {
                    if (labels.entrySet().containsAll(wanted.entrySet()) && samples.size() > 1) {
                        grown.put(labels, growth(samples));
                    }
                });
        return grown;
    }

    /** A value that fell is a counter that began anew. */
    private static double growth(SortedMap<Instant, Double> samples) {
        double grown = 0;
        Double before = null;
        for (double value : samples.values()) {
            grown += before == null ? 0 : value < before ? value : value - before;
            before = value;
        }
        return grown;
    }
}
