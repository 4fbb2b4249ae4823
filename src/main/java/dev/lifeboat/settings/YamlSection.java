package dev.lifeboat.settings;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one mapping of a YAML file, each with its line. Whatever does not fit is noted as a
 * fault and otherwise left out, so that one reading finds every fault. Not thread-safe.
 */
final class YamlSection {
    /** A field's text and the line it stands in, counted from 1. */
    record Text(String value, int line) {}

    private final Map<String, Node> fields = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<String> faults;

    private YamlSection(List<String> faults) {
        this.faults = faults;
    }

    /**
     * @param faults takes what does not fit, each with its line
     */
    static YamlSection of(Node node, List<String> faults) {
        var section = new YamlSection(faults);
        if (node instanceof MappingNode mapping) {
            mapping.getValue()
                    .forEach(entry -> section.add(entry.getKeyNode(), entry.getValueNode()));
        } else if (!isNull(node)) {
            faults.add("line " + line(node) + ": fields with their values are expected here");
        }
        return section;
    }

    private void add(Node key, Node value) {
        if (!(key instanceof ScalarNode name)) {
            faults.add("line " + line(key) + ": a field's name is expected here");
        } else if (fields.putIfAbsent(name.getValue(), value) != null) {
            faults.add("line " + line(key) + ": '" + name.getValue() + "' is given twice");
        } else {
            lines.put(name.getValue(), line(key));
        }
    }

    Set<String> names() {
        return fields.keySet();
    }

    /** Notes every field but these as a fault. */
    void allow(Set<String> known) {
        for (String name : fields.keySet()) {
            if (!known.contains(name)) {
                faults.add("line " + lines.get(name) + ": there is no field '" + name + "'");
            }
        }
    }

    /** The text of a field; empty when it is absent or null. */
    Optional<Text> text(String name) {
        Node node = fields.get(name);
        return node == null || isNull(node) ? Optional.empty() : text(node);
    }

    /** The mapping below a field; without fields when it is absent or null. */
    YamlSection section(String name) {
        return section(name, faults);
    }

    /** The mapping below a field, its faults kept apart from those found here. */
    YamlSection section(String name, List<String> itsFaults) {
        Node node = fields.get(name);
        return node == null ? new YamlSection(itsFaults) : of(node, itsFaults);
    }

    /** The texts of a list. */
    List<Text> texts(String name) {
        List<Text> found = new ArrayList<>();
        elements(name).forEach(element -> text(element).ifPresent(found::add));
        return found;
    }

    /** The mappings of a list. */
    List<YamlSection> sections(String name) {
        return elements(name).stream().map(element -> of(element, faults)).toList();
    }

    void fault(int line, String sentence) {
        faults.add("line " + line + ": " + sentence);
    }

    /** The line of the first field; 0 when there is none. */
    int firstLine() {
        return lines.values().stream().findFirst().orElse(0);
    }

    private List<Node> elements(String name) {
        Node node = fields.get(name);
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (node != null && !isNull(node)) {
            faults.add("line " + line(node) + ": '" + name + "' must be a list");
        }
        return List.of();
    }

    private Optional<Text> text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(new Text(scalar.getValue(), line(node)));
        }
        faults.add("line " + line(node) + ": one value is expected here");
        return Optional.empty();
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
