package dev.lifeboat.report;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a document as PDF, A4, with its fonts embedded. A character that the font lacks is written
 * as its code point, {@code <U+1F600>}, and never left out.
 */
public final class PdfReport {
    private static final float SMALL = 8;
    private static final float NORMAL = 9;
    private static final float HEADING = 12;
    private static final float TITLE = 16;
    private static final float GAP = 10;
    private final PdfPages pages;
    private final PDFont plain;
    private final PDFont bold;

    private PdfReport(PdfPages pages, PDFont plain, PDFont bold) {
        this.pages = pages;
        this.plain = plain;
        this.bold = bold;
    }

    /** Writes the whole file; the stream stays the caller's. */
    public static void write(Report report, OutputStream out) throws IOException {
        try (var document = new PDDocument();
                var pages = new PdfPages(document)) {
            PDFont plain = font(document, "JetBrainsMono-Regular.ttf");
            PDFont bold = font(document, "JetBrainsMono-Bold.ttf");
            document.getDocumentInformation().setTitle(report.title());
            new PdfReport(pages, plain, bold).write(report);
            pages.finish();
            document.save(out);
        }
    }

    private static PDFont font(PDDocument document, String file) throws IOException {
        try (InputStream in =
                PdfReport.class.getResourceAsStream("/dev/lifeboat/ui/fonts/" + file)) {
            return PDType0Font.load(document, in);
        }
    }

    private void write(Report report) throws IOException {
        text(report.title(), bold, TITLE, 0, PdfPages.WIDTH);
        pages.down(GAP / 2);
        text(
                (report.good() ? "[ok] " : "[!!] ") + report.verdict(),
                bold,
                NORMAL,
                0,
                PdfPages.WIDTH);
        for (Report.Section section : report.sections()) {
            section(section);
        }
        pages.down(4 * GAP);
        text(
                "Carried out by ____________________      Reviewed by ____________________",
                plain,
                NORMAL,
                0,
                PdfPages.WIDTH);
    }

    private void section(Report.Section section) throws IOException {
        pages.down(GAP * 1.5f);
        pages.keep(HEADING * 4);
        text(section.heading(), bold, HEADING, 0, PdfPages.WIDTH);
        pages.down(GAP / 3);
        float[] widths = widths(section);
        if (!section.columns().isEmpty()) {
            row(section.columns(), widths, bold);
        }
        for (List<String> row : section.rows()) {
            row(row, widths, plain);
        }
    }

    /** The first column is as wide as its widest text, up to a third; the others share the rest. */
    private float[] widths(Report.Section section) throws IOException {
        int columns = section.rows().getFirst().size();
        float first = 0;
        for (List<String> row : section.rows()) {
            first = Math.max(first, width(row.getFirst(), plain, SMALL));
        }
        float[] widths = new float[columns];
        widths[0] = Math.min(first + GAP, PdfPages.WIDTH / 3);
        for (int i = 1; i < columns; i++) {
            widths[i] = (PdfPages.WIDTH - widths[0]) / (columns - 1);
        }
        return widths;
    }

    private void row(List<String> texts, float[] widths, PDFont font) throws IOException {
        List<List<String>> cells = new ArrayList<>();
        int lines = 1;
        for (int i = 0; i < texts.size(); i++) {
            List<String> wrapped = wrap(texts.get(i), font, SMALL, widths[i] - GAP / 2);
            cells.add(wrapped);
            lines = Math.max(lines, wrapped.size());
        }
        for (int line = 0; line < lines; line++) {
            pages.keep(SMALL * 1.5f);
            pages.down(SMALL * 1.35f);
            float x = 0;
            for (int i = 0; i < cells.size(); i++) {
                if (line < cells.get(i).size()) {
                    pages.show(cells.get(i).get(line), font, SMALL, x);
                }
                x += widths[i];
            }
        }
        pages.rule();
    }

    private void text(String words, PDFont font, float size, float x, float width)
            throws IOException {
        for (String line : wrap(words, font, size, width)) {
            pages.keep(size * 1.5f);
            pages.down(size * 1.35f);
            pages.show(line, font, size, x);
        }
    }

    private List<String> wrap(String words, PDFont font, float size, float width)
            throws IOException {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : printable(words, font).split("(?<=[ ,/=])")) {
            if (!line.isEmpty() && width(line + word, font, size) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(word);
            while (width(line.toString(), font, size) > width && line.length() > 1) {
                int fits =
                        Math.max(
                                1,
                                (int) (line.length() * width / width(line.toString(), font, size)));
                lines.add(line.substring(0, fits));
                line.delete(0, fits);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static float width(String text, PDFont font, float size) throws IOException {
        return font.getStringWidth(printable(text, font)) / 1000 * size;
    }

    private static String printable(String text, PDFont font) {
        var printed = new StringBuilder();
        text.codePoints()
                .forEach(
                        point -> {
                            String character = Character.toString(point);
                            if (Character.isISOControl(point)) {
                                printed.append(' ');
                            } else {
                                printed.append(
                                        has(font, character)
                                                ? character
                                                : "<U+%04X>".formatted(point));
                            }
                        });
        return printed.toString();
    }

    private static boolean has(PDFont font, String character) {
        try {
            font.encode(character);
            return true;
        } catch (IllegalArgumentException | IOException missing) {
            return false;
        }
    }
}
