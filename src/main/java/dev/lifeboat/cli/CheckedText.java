package dev.lifeboat.cli;

import java.util.List;
import java.util.Map;

/** What the checks of a restored database found, for people: a line each, what is wrong first. */
final class CheckedText {
    private static final List<String> ORDER = List.of("failed", "warning", "ok");

    private CheckedText() {}

    /**
     * @param checks as journal and record hold them
     */
    static String of(Map<String, Object> checks) {
        var text = new StringBuilder();
        boolean ok = Boolean.TRUE.equals(checks.get("ok"));
        text.append(
                ok
                        ? "The restored database answers."
                        : "The restored database is NOT as expected.");
        for (String state : ORDER) {
            for (Object each : (List<?>) checks.getOrDefault("findings", List.of())) {
                var finding = (Map<?, ?>) each;
                if (state.equals(finding.get("state"))) {
                    append(text, state, finding);
                }
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String state, Map<?, ?> finding) {
        String expected = String.valueOf(finding.get("expected"));
        text.append(System.lineSeparator())
                .append(
                        "  %-8s %s: %s"
                                .formatted(state, finding.get("id"), finding.get("measured")))
                .append(expected.isEmpty() ? "" : " (expected: " + expected + ")");
    }
}
