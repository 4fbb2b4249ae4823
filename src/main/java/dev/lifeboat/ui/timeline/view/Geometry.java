package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.timeline.model.Lane;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where everything lies, in whole pixels, so that lines are crisp. Sizes follow the font.
 *
 * @param unit the size of the font over 14: what every length is multiplied by
 * @param header width of the column with the lanes' names
 * @param axis height of the two rows of the axis
 * @param flags height of the row for the flags of marker and latest, below the axis
 * @param reasons height of the row for the reasons of veils
 * @param overview top of the overview strip
 */
record Geometry(
        double width,
        double height,
        double unit,
        double header,
        double axis,
        double flags,
        double reasons,
        double overview,
        Map<Lane, Row> rows) {
    private static final double OVERVIEW_HEIGHT = 44;
    private static final double LEAST_STRETCH = 0.72;

    /** One lane. */
    record Row(double top, double height) {
        double middle() {
            return Math.rint(top + height / 2);
        }

        double bottom() {
            return top + height;
        }
    }

    static Geometry of(double width, double height, double unit, List<Lane> lanes) {
        double axis = Math.rint(42 * unit);
        double flags = Math.rint(24 * unit);
        double overview = Math.rint(height - OVERVIEW_HEIGHT * unit);
        double reasons = Math.rint(18 * unit);
        double free = Math.max(0, overview - axis - flags - reasons - Math.rint(4 * unit));
        double least = lanes.stream().mapToDouble(Geometry::least).sum() * unit;
        double stretch = Math.clamp(free / Math.max(1, least), LEAST_STRETCH, 1.6);
        Map<Lane, Row> rows = new EnumMap<>(Lane.class);
        double top = axis + flags + reasons;
        for (Lane lane : lanes) {
            double tall = Math.rint(least(lane) * unit * stretch);
            rows.put(lane, new Row(top, tall));
            top += tall;
        }
        double header = Math.min(Math.rint(148 * unit), Math.rint(width / 4));
        return new Geometry(width, height, unit, header, axis, flags, reasons, overview, rows);
    }

    private static double least(Lane lane) {
        return switch (lane) {
            case BASES, WAL_PRIMARY, WAL_DR -> 46;
            case FULLS, DAMAGES -> 40;
            case BRANCHES -> 50;
            case POINTS -> 48;
            case COMMITS -> 56;
        };
    }

    /** The height at which every lane has just the room it needs. */
    static double preferred(double unit, List<Lane> lanes) {
        double sum = lanes.stream().mapToDouble(Geometry::least).sum();
        return Math.ceil((sum + 42 + 24 + 18 + 4 + OVERVIEW_HEIGHT) * unit);
    }

    /** The height below which texts of neighbouring lanes would touch. */
    static double minimum(double unit, List<Lane> lanes) {
        double sum = lanes.stream().mapToDouble(Geometry::least).sum();
        return preferred(unit, lanes) - Math.floor(sum * (1 - LEAST_STRETCH) * unit);
    }

    double px(double length) {
        return Math.rint(length * unit);
    }

    /** Where lanes begin. */
    double lanesTop() {
        return axis + flags + reasons;
    }

    /** Where the last lane ends. */
    double lanesBottom() {
        return rows.values().stream().mapToDouble(Row::bottom).max().orElse(lanesTop());
    }

    /** How wide the picture of the time is. */
    double plot() {
        return Math.max(1, width - header);
    }

    double overviewTop() {
        return overview + px(6);
    }

    double overviewHeight() {
        return px(22);
    }

    Optional<Lane> laneAt(double y) {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().top() <= y && y < row.getValue().bottom())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
