package dev.lifeboat.postgres;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes in the lines of {@code pg_waldump}, run with TZ=UTC.
 *
 * <p>Source: src/bin/pg_waldump/pg_waldump.c, XLogDumpDisplayRecord; src/backend/access/rmgrdesc,
 * xactdesc.c and xlogdesc.c.
 */
final class WalDumpReading {
    private static final Pattern RECORD =
            Pattern.compile(
                    "rmgr: (?<rmgr>\\S+) +len \\(rec/tot\\): +\\d+/ *(?<length>\\d+), tx: +"
                            + "(?<xid>\\d+), lsn: (?<lsn>[0-9A-F]+/[0-9A-F]+), prev \\S+,"
                            + " desc: (?<what>.*)");

    /** The parent's xid of COMMIT_PREPARED and ABORT_PREPARED stands before their time. */
    private static final Pattern END =
            Pattern.compile(
                    "(?<kind>COMMIT|ABORT)(?<prepared>_PREPARED (?<xid>\\d+):)?"
                            + " (?<time>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?) UTC.*");

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .toFormatter(Locale.ROOT);

    private final int segmentBytes;
    private final Consumer<WalDumpScan.TransactionEnd> transactions;
    private final List<WalDumpScan.RestorePoint> restorePoints = new ArrayList<>();
    private long records;
    private Lsn first;
    private Lsn last;
    private Lsn end;
    private WalDumpScan.TransactionEnd firstCommit;
    private WalDumpScan.TransactionEnd lastCommit;

    WalDumpReading(int segmentBytes, Consumer<WalDumpScan.TransactionEnd> transactions) {
        this.segmentBytes = segmentBytes;
        this.transactions = transactions;
    }

    boolean isEmpty() {
        return records == 0;
    }

    void take(String line) {
        Matcher record = RECORD.matcher(line);
        if (!record.matches()) {
            return;
        }
        records++;
        last = Lsn.parse(record.group("lsn"));
        first = first == null ? last : first;
        boolean log = record.group("rmgr").equals("XLOG");
        String what = record.group("what");
        end =
                log && what.strip().equals("SWITCH")
                        ? RecordExtent.segmentEnd(last, segmentBytes)
                        : RecordExtent.end(
                                last, Long.parseLong(record.group("length")), segmentBytes);
        if (record.group("rmgr").equals("Transaction")) {
            takeTransaction(Long.parseLong(record.group("xid")), what);
        } else if (log && what.startsWith("RESTORE_POINT ")) {
            String name = what.substring("RESTORE_POINT ".length());
            restorePoints.add(new WalDumpScan.RestorePoint(name, last, end));
        }
    }

    private void takeTransaction(long recordXid, String what) {
        Matcher ended = END.matcher(what);
        if (!ended.matches()) {
            return;
        }
        boolean committed = ended.group("kind").equals("COMMIT");
        long xid = ended.group("xid") == null ? recordXid : Long.parseLong(ended.group("xid"));
        Instant time = LocalDateTime.parse(ended.group("time"), TIME).toInstant(ZoneOffset.UTC);
        var transaction = new WalDumpScan.TransactionEnd(xid, last, end, time, committed);
        if (committed) {
            firstCommit = firstCommit == null ? transaction : firstCommit;
            lastCommit = transaction;
        }
        transactions.accept(transaction);
    }

    WalDumpScan finish(String stoppedBy) {
        return new WalDumpScan(
                records,
                Optional.ofNullable(first),
                Optional.ofNullable(last),
                Optional.ofNullable(end),
                Optional.ofNullable(firstCommit),
                Optional.ofNullable(lastCommit),
                restorePoints,
                stoppedBy);
    }

    static RecoveryException nothing(Lsn from, String message) {
        return new RecoveryException(
                ProblemCode.WAL_ABSENT,
                "No valid WAL record was found from " + from + " on.",
                message.isEmpty()
                        ? "The program pg_waldump printed none."
                        : "It said: " + message + ".",
                "Check that the segment that holds " + from + " is there and whole.");
    }
}
