package dev.lifeboat.report;

import java.util.List;

/**
 * A document: a title, a verdict in words, sections.
 *
 * @param verdict one sentence
 * @param good whether the verdict is a good one
 */
public record Report(String title, String verdict, boolean good, List<Section> sections) {
    public Report {
        sections = List.copyOf(sections);
    }

    /**
     * A table under a heading.
     *
     * @param columns their names; empty where the first column names the others
     * @param rows each with as many texts as the widest
     */
    public record Section(String heading, List<String> columns, List<List<String>> rows) {
        public Section {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }
}
