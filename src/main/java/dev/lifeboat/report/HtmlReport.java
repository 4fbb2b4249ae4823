package dev.lifeboat.report;

import java.util.List;

/** Writes a document as one HTML file that needs nothing else: no script, no other file. */
public final class HtmlReport {
    private static final String STYLE =
            """
            :root { color-scheme: light dark; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2.5rem auto; max-width: 62rem; padding: 0 1.5rem; }
            h1 { font-size: 1.5rem; margin-bottom: .25rem; }
            h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
            .verdict { border-left: .35rem solid #00805f; padding: .5rem 1rem; background: #00805f18; }
            .verdict.bad { border-color: #8a1515; background: #8a151518; }
            table { border-collapse: collapse; width: 100%; font-size: .9rem; }
            th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
            th { font-weight: 600; }
            td { font-family: ui-monospace, monospace; }
            td:first-child { font-family: inherit; white-space: nowrap; }
            .sign { margin-top: 3rem; display: flex; gap: 3rem; }
            .sign span { flex: 1; border-top: 1px solid; padding-top: .3rem; }
            @media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
            """;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport() {}

    /** The whole file, UTF-8. */
    public static String of(Report report) {
        var writer = new HtmlReport();
        writer.write(report);
        return writer.html.toString();
    }

    private void write(Report report) {
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<title>").append(escaped(report.title())).append("</title>\n");
        html.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
        html.append("<h1>").append(escaped(report.title())).append("</h1>\n");
        html.append("<p class=\"verdict").append(report.good() ? "" : " bad").append("\">");
        html.append(report.good() ? "✓ " : "✕ ").append(escaped(report.verdict()));
        html.append("</p>\n");
        report.sections().forEach(this::section);
        html.append("<p class=\"sign\"><span>Carried out by</span><span>Reviewed by</span></p>\n");
        html.append("</body>\n</html>\n");
    }

    private void section(Report.Section section) {
        html.append("<h2>").append(escaped(section.heading())).append("</h2>\n<table>\n");
        if (!section.columns().isEmpty()) {
            row("th", section.columns());
        }
        section.rows().forEach(row -> row("td", row));
        html.append("</table>\n");
    }

    private void row(String cell, List<String> texts) {
        html.append("<tr>");
        for (String text : texts) {
            html.append('<').append(cell).append('>').append(escaped(text));
            html.append("</").append(cell).append('>');
        }
        html.append("</tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
