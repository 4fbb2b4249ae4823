package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.timeline.model.Lane;

/** Paints one kind of lane. */
interface LanePainter {
    /** Paints the lane's part of the picture; the clip is the plot. */
    void paint(Brush brush, Lane lane, Geometry.Row row);

    /** What a veil must not grey out; painted above the veils. */
    default void over(Brush brush, Lane lane, Geometry.Row row) {}

    /** What stands below the lane's title. */
    String subtitle(Brush brush, Lane lane);
}
