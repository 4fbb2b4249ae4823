package dev.lifeboat.monitor;

/**
 * Writes the text format of Prometheus: for each name its help and type once, then its samples. The
 * samples of one name must follow each other.
 *
 * <p>Source: Prometheus documentation, "Exposition formats", text-based format 0.0.4.
 */
final class Metrics {
    private final StringBuilder text = new StringBuilder();
    private String last = "";

    void gauge(String name, String help, long value, String... labels) {
        sample("gauge", name, help, Long.toString(value), labels);
    }

    /**
     * @param value {@code +Inf} when it is positive and infinite
     */
    void gauge(String name, String help, double value, String... labels) {
        sample("gauge", name, help, number(value), labels);
    }

    void counter(String name, String help, long value, String... labels) {
        sample("counter", name, help, Long.toString(value), labels);
    }

    private void sample(String type, String name, String help, String value, String... labels) {
        if (!name.equals(last)) {
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
            last = name;
        }
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',')
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped(labels[i + 1]))
                    .append('"');
        }
        text.append(labels.length == 0 ? "" : "}").append(' ').append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    String text() {
        return text.toString();
    }
}
