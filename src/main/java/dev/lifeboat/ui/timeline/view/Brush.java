package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.ui.timeline.model.Viewport;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/**
 * What painters paint with. Every shape is put on whole pixels; every texture can be told from the
 * others without colour.
 */
final class Brush {
    final GraphicsContext g;
    final Geometry at;
    final Fonts fonts;
    final TimelineState state;
    private final Inks inks;

    Brush(GraphicsContext g, Geometry at, Fonts fonts, Inks inks, TimelineState state) {
        this.g = g;
        this.at = at;
        this.fonts = fonts;
        this.inks = inks;
        this.state = state;
    }

    Viewport view() {
        return state.view();
    }

    /** The pixel of a time in the whole control. */
    double x(long time) {
        return at.header() + Math.rint(Math.clamp(view().x(time), -1e5, 1e5));
    }

    double px(double length) {
        return at.px(length);
    }

    Color ink(Ink ink) {
        return inks.get(ink);
    }

    Color ink(Ink ink, double opacity) {
        Color color = inks.get(ink);
        return Color.color(color.getRed(), color.getGreen(), color.getBlue(), opacity);
    }

    /** A colour between the ground and an ink: what a see-through ink would look like, opaque. */
    Color faded(Ink ink, double share) {
        return inks.get(Ink.GROUND).interpolate(inks.get(ink), share);
    }

    void fill(Color color, double x, double y, double width, double height) {
        g.setFill(color);
        g.fillRect(x, y, width, height);
    }

    void horizontal(Color color, double from, double to, double y) {
        fill(color, from, y, to - from, 1);
    }

    void vertical(Color color, double x, double from, double to) {
        fill(color, x, from, 1, to - from);
    }

    void frame(Color color, double x, double y, double width, double height) {
        g.setFill(color);
        g.fillRect(x, y, width, 1);
        g.fillRect(x, y + height - 1, width, 1);
        g.fillRect(x, y, 1, height);
        g.fillRect(x + width - 1, y, 1, height);
    }

    /** A frame of dashes. */
    void dashes(Color color, double x, double y, double width, double height) {
        g.setFill(color);
        double dash = px(5);
        double step = dash + px(3);
        for (double at = x; at < x + width; at += step) {
            double length = Math.min(dash, x + width - at);
            g.fillRect(at, y, length, 1);
            g.fillRect(at, y + height - 1, length, 1);
        }
        g.fillRect(x, y, 1, height);
        g.fillRect(x + width - 1, y, 1, height);
    }

    /** Dots on a raster that does not move with the rectangle. */
    void dots(Color color, double x, double y, double width, double height) {
        g.setFill(color);
        double step = px(4);
        double dot = Math.max(1, px(1.5));
        for (double row = y + px(2); row + dot <= y + height; row += step) {
            for (double at = Math.ceil(x / step) * step; at + dot <= x + width; at += step) {
                g.fillRect(at, row, dot, dot);
            }
        }
    }

    /** Diagonal lines, cut at the rectangle's sides; one path, which renders faster than many. */
    void hatch(Color color, double x, double y, double width, double height, double step) {
        g.setStroke(color);
        g.setLineWidth(Math.max(1, at.unit() * 1.25));
        g.beginPath();
        for (double foot = x - height; foot < x + width; foot += step) {
            double low = Math.max(0, x - foot);
            double high = Math.min(height, x + width - foot);
            if (high > low) {
                g.moveTo(foot + low, y + height - low);
                g.lineTo(foot + high, y + height - high);
            }
        }
        g.stroke();
    }

    void text(Font font, Color color, String text, double x, double middle) {
        write(font, color, text, x, middle, TextAlignment.LEFT);
    }

    void centred(Font font, Color color, String text, double x, double middle) {
        write(font, color, text, x, middle, TextAlignment.CENTER);
    }

    private void write(
            Font font, Color color, String text, double x, double middle, TextAlignment align) {
        g.setFont(font);
        g.setFill(color);
        g.setTextAlign(align);
        g.setTextBaseline(VPos.CENTER);
        g.fillText(text, Math.rint(x), Math.rint(middle));
    }

    double width(Font font, String text) {
        return fonts.width(font, text);
    }

    /** A triangle that stands on its point. */
    void triangle(Color color, boolean filled, double x, double middle, double size) {
        double[] xs = {x - size, x + size, x};
        double[] ys = {middle - size * 0.8, middle - size * 0.8, middle + size * 0.9};
        polygon(color, filled, xs, ys);
    }

    void diamond(Color color, boolean filled, double x, double middle, double size) {
        double[] xs = {x - size, x, x + size, x};
        double[] ys = {middle, middle - size, middle, middle + size};
        polygon(color, filled, xs, ys);
    }

    void square(Color color, boolean filled, double x, double middle, double size) {
        double[] xs = {x - size, x + size, x + size, x - size};
        double[] ys = {middle - size, middle - size, middle + size, middle + size};
        polygon(color, filled, xs, ys);
    }

    /** A pole with a pennant. */
    void flag(Color color, double x, double middle, double size) {
        fill(color, x, middle - size, Math.max(1, px(1.5)), 2 * size);
        double[] xs = {x, x + size * 1.6, x};
        double[] ys = {middle - size, middle - size * 0.45, middle + size * 0.1};
        polygon(color, true, xs, ys);
    }

    void cross(Color color, double x, double middle, double size) {
        g.setStroke(color);
        g.setLineWidth(Math.max(1.5, at.unit() * 2.2));
        g.strokeLine(x - size, middle - size, x + size, middle + size);
        g.strokeLine(x - size, middle + size, x + size, middle - size);
    }

    private void polygon(Color color, boolean filled, double[] xs, double[] ys) {
        if (filled) {
            g.setFill(color);
            g.fillPolygon(xs, ys, xs.length);
        } else {
            g.setFill(ink(Ink.GROUND));
            g.fillPolygon(xs, ys, xs.length);
            g.setStroke(color);
            g.setLineWidth(Math.max(1.2, at.unit() * 1.6));
            g.strokePolygon(xs, ys, xs.length);
        }
    }
}
