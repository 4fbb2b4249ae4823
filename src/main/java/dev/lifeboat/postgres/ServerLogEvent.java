package dev.lifeboat.postgres;

import dev.lifeboat.kernel.Lsn;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a server's log that means something for a recovery.
 *
 * <p>Source: src/backend/access/transam/xlogrecovery.c and xlog.c of PostgreSQL 15 to 18, with
 * LC_MESSAGES=C.
 *
 * @param message the line without its prefix and severity
 * @param lsn the position it names
 * @param time the time it names
 * @param xid the transaction it names
 */
public record ServerLogEvent(
        Kind kind, String message, Optional<Lsn> lsn, Optional<Instant> time, OptionalLong xid) {

    /** What the line says. */
    public enum Kind {
        /** From the redo position of a backup_label: the recovery is that of a base backup. */
        BACKUP_RECOVERY_STARTED("starting backup recovery with redo LSN (?<lsn>\\S+),.*"),
        BACKUP_RECOVERY_COMPLETED("completed backup recovery with redo LSN .*end LSN (?<lsn>\\S+)"),
        REDO_STARTED("redo starts at (?<lsn>\\S+)"),
        CONSISTENT("consistent recovery state reached at (?<lsn>\\S+)"),
        SEGMENT_RESTORED("restored log file \"(?<name>[^\"]+)\" from archive"),
        STOPPING_BEFORE("recovery stopping before .*"),
        STOPPING_AFTER("recovery stopping (after|at restore point) .*"),
        /** The target is reached and the action is to pause. */
        PAUSING_AT_TARGET("pausing at the end of recovery"),
        /** Paused, at the target or before it: see {@link #PARAMETER_TOO_LOW}. */
        PAUSED("recovery has paused"),
        REDO_DONE("redo done at (?<lsn>\\S+).*"),
        LAST_TRANSACTION("last completed transaction was at log time (?<time>.+)"),
        TIMELINE_SELECTED("selected new timeline ID: (?<name>\\d+)"),
        ARCHIVE_RECOVERY_COMPLETE("archive recovery complete"),
        READY("database system is ready to accept (read-only )?connections"),
        SHUT_DOWN("database system is shut down"),
        /**
         * A setting of the source was higher than this server's; replay stops before the target.
         */
        PARAMETER_TOO_LOW(".* because of insufficient parameter settings"),
        ENDED_BEFORE_TARGET("recovery ended before configured recovery target was reached"),
        TARGET_BEFORE_CONSISTENCY(
                "requested recovery stop point is before consistent recovery point"),
        RESTORE_COMMAND_FAILED("could not restore file \"(?<name>[^\"]+)\" from archive: .*"),
        SHARED_MEMORY_IN_USE("pre-existing shared memory block .* is still in use"),
        /** A FATAL line that none of the others is. */
        FATAL("(?!)"),
        /** A PANIC line that none of the others is. */
        PANIC("(?!)");

        private final Pattern pattern;

        Kind(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }
    }

    private static final Pattern LINE =
            Pattern.compile(
                    "(?:^|.*?[\\s:])(?<severity>LOG|ERROR|FATAL|PANIC|WARNING):  (?<text>.*)");
    private static final Pattern NAMED_LSN = Pattern.compile("\\(LSN\\) \"(?<lsn>[^\"]+)\"");
    private static final Pattern NAMED_XID = Pattern.compile("transaction (?<xid>\\d+)");
    private static final Pattern NAMED_TIME = Pattern.compile(", time (?<time>[^,]+)$");
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .appendPattern("[XXXXX][XXX][X]")
                    .toFormatter(Locale.ROOT);

    /** Empty when the line is none of these. */
    static Optional<ServerLogEvent> read(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String text = parts.group("text");
        for (Kind kind : Kind.values()) {
            if (kind.pattern.matcher(text).matches()) {
                return Optional.of(of(kind, text));
            }
        }
        return switch (parts.group("severity")) {
            case "FATAL" -> Optional.of(plain(Kind.FATAL, text));
            case "PANIC" -> Optional.of(plain(Kind.PANIC, text));
            default -> Optional.empty();
        };
    }

    /** The file or timeline a line names in words; empty when it names none. */
    public Optional<String> name() {
        return group(kind.pattern, message, "name", true);
    }

    /** Whether it says that a disk or a quota is full. */
    public boolean tellsOfAFullDisk() {
        return KnownMessage.in(message).filter(KnownMessage.FULL::equals).isPresent();
    }

    private static ServerLogEvent of(Kind kind, String text) {
        Optional<String> lsn =
                group(kind.pattern, text, "lsn", true)
                        .or(() -> group(NAMED_LSN, text, "lsn", false));
        Optional<String> time =
                group(kind.pattern, text, "time", true)
                        .or(() -> group(NAMED_TIME, text, "time", false));
        boolean stops = kind == Kind.STOPPING_BEFORE || kind == Kind.STOPPING_AFTER;
        Optional<String> xid = stops ? group(NAMED_XID, text, "xid", false) : Optional.empty();
        return new ServerLogEvent(
                kind,
                text,
                lsn.flatMap(ServerLogEvent::lsn),
                time.flatMap(ServerLogEvent::time),
                xid.map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static ServerLogEvent plain(Kind kind, String text) {
        return new ServerLogEvent(
                kind, text, Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    private static Optional<String> group(
            Pattern pattern, String text, String name, boolean whole) {
        if (!pattern.namedGroups().containsKey(name)) {
            return Optional.empty();
        }
        Matcher matcher = pattern.matcher(text);
        boolean matches = whole ? matcher.matches() : matcher.find();
        return matches ? Optional.ofNullable(matcher.group(name)) : Optional.empty();
    }

    private static Optional<Lsn> lsn(String text) {
        try {
            return Optional.of(Lsn.parse(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text, TIME).toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
