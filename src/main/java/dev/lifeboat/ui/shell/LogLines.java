package dev.lifeboat.ui.shell;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last lines of the program's log, for the drawer. Takes them from any thread; whoever shows
 * them asks for what is new.
 */
public final class LogLines extends AppenderBase<ILoggingEvent> {
    private static final int KEPT = 2000;
    private final Deque<LogLine> lines = new ArrayDeque<>();
    private long count;

    /** From now on every line is kept, too. */
    public static LogLines attach() {
        var lines = new LogLines();
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            lines.setContext(root.getLoggerContext());
            lines.start();
            root.addAppender(lines);
        }
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String source = event.getLoggerName();
        add(
                new LogLine(
                        event.getInstant(),
                        level(event),
                        source.substring(source.lastIndexOf('.') + 1),
                        event.getFormattedMessage()));
    }

    private static LogLine.Level level(ILoggingEvent event) {
        return switch (event.getLevel().levelStr) {
            case "ERROR" -> LogLine.Level.ERROR;
            case "WARN" -> LogLine.Level.WARN;
            default -> LogLine.Level.INFO;
        };
    }

    synchronized void add(LogLine line) {
        lines.addLast(line);
        count++;
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    /** How many lines there were ever: a change says that there is something new. */
    synchronized long count() {
        return count;
    }

    /** Those that are kept, oldest first. */
    synchronized List<LogLine> kept() {
        return new ArrayList<>(lines);
    }
}
