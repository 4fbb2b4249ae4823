package dev.lifeboat.ui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what JavaFX complains about while it is open: CSS it cannot resolve, above all. */
final class CssWarnings implements AutoCloseable {
    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private final Logger logger = Logger.getLogger("javafx");
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    boolean configuration =
                            String.valueOf(entry.getMessage())
                                    .contains("Unsupported JavaFX configuration");
                    if (entry.getLevel().intValue() >= Level.WARNING.intValue() && !configuration) {
                        texts.add(entry.getLoggerName() + ": " + entry.getMessage());
                    }
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    CssWarnings() {
        logger.addHandler(handler);
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
