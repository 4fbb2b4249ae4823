package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.timeline.model.Veil;

/** Greys out what cannot be recovered to, with the reason where there is room. */
final class VeilPainter {
    void paint(Brush brush) {
        double top = brush.at.axis() + brush.at.flags();
        double bottom = brush.at.lanesBottom();
        for (Veil veil : brush.state.veils().list()) {
            double from = Math.max(brush.at.header(), brush.x(veil.span().from()));
            double to = Math.min(brush.at.width(), brush.x(veil.span().to()));
            if (to - from >= 1) {
                one(brush, veil, from, to, top, bottom);
            }
        }
    }

    private static void one(
            Brush brush, Veil veil, double from, double to, double top, double bottom) {
        brush.fill(brush.ink(Ink.GROUND, 0.62), from, top, to - from, bottom - top);
        if (to - from > brush.px(10)) {
            brush.hatch(
                    brush.ink(Ink.MUTED, 0.3),
                    from,
                    brush.at.lanesTop(),
                    to - from,
                    bottom - brush.at.lanesTop(),
                    brush.px(22));
        }
        if (veil.span().from() > Veil.NEVER) {
            brush.vertical(brush.ink(Ink.LINE_STRONG), from, top, bottom);
        }
        if (veil.span().to() < Veil.FOREVER) {
            brush.vertical(brush.ink(Ink.LINE_STRONG), to - 1, top, bottom);
        }
        reason(brush, veil, from, to);
    }

    private static void reason(Brush brush, Veil veil, double from, double to) {
        double room = to - from - brush.px(12);
        String text = brush.fonts.fit(brush.fonts.small, "✕ " + veil.text(), room);
        if (text.length() < 14) {
            text = room > 0 ? "✕" : "";
        }
        double wide = brush.width(brush.fonts.small, text);
        double middle = brush.at.axis() + brush.at.flags() + brush.at.reasons() / 2 - 1;
        if (!text.isEmpty()) {
            double x = Math.rint(from + Math.min(brush.px(8), (to - from - wide) / 2));
            brush.text(brush.fonts.small, brush.ink(Ink.MUTED), text, x, middle);
        }
    }
}
