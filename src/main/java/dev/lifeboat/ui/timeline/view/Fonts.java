package dev.lifeboat.ui.timeline.view;

import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

import java.util.HashMap;
import java.util.Map;

/** The fonts of the timeline at one size, and how wide texts are in them. */
final class Fonts {
    private static final String MONO = "JetBrains Mono";
    private static final int MOST_WIDTHS = 4_000;

    final Font plain;
    final Font small;
    final Font bold;
    final Font mono;
    final Font monoBold;

    private record Written(Font font, String text) {}

    private final Map<Written, Double> widths = new HashMap<>();
    private final Text ruler = new Text();

    Fonts(Font base) {
        double size = base.getSize();
        plain = Font.font(base.getFamily(), size * 0.86);
        small = Font.font(base.getFamily(), size * 0.79);
        bold = Font.font(base.getFamily(), FontWeight.BOLD, size * 0.86);
        mono = Font.font(MONO, size * 0.79);
        monoBold = Font.font(MONO, FontWeight.BOLD, size * 0.86);
    }

    double width(Font font, String text) {
        if (widths.size() > MOST_WIDTHS) {
            widths.clear();
        }
        return widths.computeIfAbsent(new Written(font, text), this::measure);
    }

    private double measure(Written written) {
        ruler.setFont(written.font);
        ruler.setText(written.text);
        return ruler.getLayoutBounds().getWidth();
    }

    /** The text, its end replaced by an ellipsis where it is too wide. */
    String fit(Font font, String text, double room) {
        if (width(font, text) <= room) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (width(font, text.substring(0, middle) + "…") <= room) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low == 0 ? "" : text.substring(0, low).stripTrailing() + "…";
    }
}
