package dev.lifeboat.report;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;

import java.io.IOException;

/** Pages that are filled from top to bottom; a new one begins when the last is full. Points. */
final class PdfPages implements AutoCloseable {
    private static final float MARGIN = 42;

    /** The width there is for text. */
    static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;

    private final PDDocument document;
    private PDPageContentStream content;
    private float y;

    PdfPages(PDDocument document) throws IOException {
        this.document = document;
        turn();
    }

    private void turn() throws IOException {
        finish();
        var page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        content = new PDPageContentStream(document, page);
        y = PDRectangle.A4.getHeight() - MARGIN;
    }

    /** Begins a new page unless this much height is left. */
    void keep(float height) throws IOException {
        if (y - height < MARGIN) {
            turn();
        }
    }

    void down(float distance) {
        y -= distance;
    }

    /** Writes one line, at a distance from the left margin. */
    void show(String text, PDFont font, float size, float x) throws IOException {
        content.beginText();
        content.setFont(font, size);
        content.newLineAtOffset(MARGIN + x, y);
        content.showText(text);
        content.endText();
    }

    /** A thin line below what was written. */
    void rule() throws IOException {
        y -= 3;
        content.setLineWidth(0.3f);
        content.setStrokingColor(0.75f);
        content.moveTo(MARGIN, y);
        content.lineTo(MARGIN + WIDTH, y);
        content.stroke();
        content.setStrokingColor(0f);
    }

    /** Ends the last page. */
    void finish() throws IOException {
        if (content != null) {
            content.close();
            content = null;
        }
    }

    @Override
    public void close() throws IOException {
        finish();
    }
}
