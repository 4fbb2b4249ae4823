package dev.lifeboat.cli;

import java.io.PrintStream;

/**
 * What is said to people on stderr: lines, and on a terminal one status line below them that is
 * redrawn in place. Safe for use by many threads.
 */
final class Talk {
    private static final String CLEAR_LINE = "\r\033[K";
    private final PrintStream stderr;
    private final boolean drawable;
    private final int columns;
    private String status = "";

    Talk(PrintStream stderr, boolean drawable, int columns) {
        this.stderr = stderr;
        this.drawable = drawable;
        this.columns = columns;
    }

    boolean drawable() {
        return drawable;
    }

    synchronized void line(String text) {
        erase();
        stderr.println(text);
        draw();
    }

    /** Shows a status below all lines until the next one; empty takes it away. Terminals only. */
    synchronized void status(String text) {
        if (drawable && !text.equals(status)) {
            erase();
            status = text.substring(0, Math.min(text.length(), columns - 1));
            draw();
        }
    }

    private void erase() {
        if (!status.isEmpty()) {
            stderr.print(CLEAR_LINE);
        }
    }

    private void draw() {
        stderr.print(status);
        stderr.flush();
    }
}
