package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalEvent.WalLevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events in bytes. Their numbers stay what they are for ever. */
final class EventCodec {
    private static final int RESTORE_POINT = 16;
    private static final int PARAMETERS = 17;
    private static final int END_OF_RECOVERY = 18;
    private static final int DATABASE_CREATED = 19;
    private static final int DATABASE_DROPPED = 20;
    private static final int TABLESPACE_CREATED = 21;
    private static final int TABLESPACE_DROPPED = 22;
    private static final int TABLES_TRUNCATED = 23;
    private static final int BACKUP_END = 24;
    private static final int OVERWRITTEN = 25;

    /** Numbered by their place, which stays. */
    private static final List<WalLevel> LEVELS =
            List.of(WalLevel.MINIMAL, WalLevel.REPLICA, WalLevel.LOGICAL);

    private EventCodec() {}

    static boolean knows(int kind) {
        return kind >= RESTORE_POINT && kind <= OVERWRITTEN;
    }

    /** The number of its kind; empty when events of that kind are not noted. */
    static Optional<Integer> write(WalEvent event, CompactOutput out, Lsn origin) {
        out.position(event.start(), origin).position(event.end(), event.start());
        return Optional.ofNullable(
                switch (event) {
                    case WalEvent.RestorePoint e -> {
                        out.time(e.time()).text(e.name());
                        yield RESTORE_POINT;
                    }
                    case WalEvent.ParameterChange e -> parameters(e, out);
                    case WalEvent.EndOfRecovery e -> {
                        out.time(e.time()).number(e.timeline().value());
                        out.number(e.previousTimeline().value());
                        yield END_OF_RECOVERY;
                    }
                    case WalEvent.DatabaseCreated e -> {
                        xid(out, e.xid());
                        files(out, e.files());
                        out.flag(e.copiedFrom().isPresent());
                        e.copiedFrom().ifPresent(from -> files(out, from));
                        yield DATABASE_CREATED;
                    }
                    case WalEvent.DatabaseDropped e -> {
                        xid(out, e.xid()).number(e.database());
                        numbers(out, e.tablespaces());
                        yield DATABASE_DROPPED;
                    }
                    case WalEvent.TablespaceCreated e -> {
                        xid(out, e.xid()).number(e.tablespace()).text(e.path());
                        yield TABLESPACE_CREATED;
                    }
                    case WalEvent.TablespaceDropped e -> {
                        xid(out, e.xid()).number(e.tablespace());
                        yield TABLESPACE_DROPPED;
                    }
                    case WalEvent.TablesTruncated e -> {
                        xid(out, e.xid()).number(e.database());
                        numbers(out, e.relations());
                        out.flag(e.cascade()).flag(e.restartedSequences());
                        yield TABLES_TRUNCATED;
                    }
                    case WalEvent.BackupEnd e -> {
                        out.position(e.backupStart(), e.start());
                        yield BACKUP_END;
                    }
                    case WalEvent.ContinuationOverwritten e -> {
                        out.position(e.overwritten(), e.start()).time(e.time());
                        yield OVERWRITTEN;
                    }
                    case WalEvent.Checkpoint _,
                            WalEvent.Switch _,
                            WalEvent.FullPageWritesChange _,
                            WalEvent.RunningTransactions _,
                            WalEvent.RelationMapUpdated _,
                            WalEvent.RelationFileCreated _,
                            WalEvent.RelationFileTruncated _ ->
                            null;
                });
    }

    private static int parameters(WalEvent.ParameterChange e, CompactOutput out) {
        out.number(e.maxConnections()).number(e.maxWorkerProcesses()).number(e.maxWalSenders());
        out.number(e.maxPreparedTransactions()).number(e.maxLocksPerTransaction());
        out.number(LEVELS.indexOf(e.walLevel()))
                .flag(e.walLogHints())
                .flag(e.trackCommitTimestamp());
        return PARAMETERS;
    }

    private static CompactOutput xid(CompactOutput out, int xid) {
        return out.number(xid & 0xFFFFFFFFL);
    }

    private static void files(CompactOutput out, WalEvent.DatabaseFiles files) {
        out.number(files.database()).number(files.tablespace());
    }

    private static void numbers(CompactOutput out, List<Long> numbers) {
        out.number(numbers.size());
        numbers.forEach(out::number);
    }

    /** An event of a kind that is known. */
    static WalEvent read(int kind, CompactInput in, Lsn origin) throws IndexDamage {
        Lsn start = in.position(origin);
        Lsn end = in.position(start);
        return switch (kind) {
            case RESTORE_POINT -> new WalEvent.RestorePoint(start, end, in.time(), in.text());
            case PARAMETERS ->
                    new WalEvent.ParameterChange(
                            start,
                            end,
                            in.unsigned(),
                            in.unsigned(),
                            in.unsigned(),
                            in.unsigned(),
                            in.unsigned(),
                            level(in),
                            in.flag(),
                            in.flag());
            case END_OF_RECOVERY ->
                    new WalEvent.EndOfRecovery(start, end, in.time(), timeline(in), timeline(in));
            case DATABASE_CREATED ->
                    new WalEvent.DatabaseCreated(
                            start,
                            end,
                            in.unsigned(),
                            files(in),
                            in.flag() ? Optional.of(files(in)) : Optional.empty());
            case DATABASE_DROPPED ->
                    new WalEvent.DatabaseDropped(
                            start, end, in.unsigned(), in.number(), numbers(in));
            case TABLESPACE_CREATED ->
                    new WalEvent.TablespaceCreated(
                            start, end, in.unsigned(), in.number(), in.text());
            case TABLESPACE_DROPPED ->
                    new WalEvent.TablespaceDropped(start, end, in.unsigned(), in.number());
            case TABLES_TRUNCATED ->
                    new WalEvent.TablesTruncated(
                            start,
                            end,
                            in.unsigned(),
                            in.number(),
                            numbers(in),
                            in.flag(),
                            in.flag());
            case BACKUP_END -> new WalEvent.BackupEnd(start, end, in.position(start));
            case OVERWRITTEN ->
                    new WalEvent.ContinuationOverwritten(start, end, in.position(start), in.time());
            default -> throw new IndexDamage("no event is of kind " + kind);
        };
    }

    private static WalLevel level(CompactInput in) throws IndexDamage {
        int number = in.count();
        if (number >= LEVELS.size()) {
            throw new IndexDamage("there is no such wal_level");
        }
        return LEVELS.get(number);
    }

    private static TimelineId timeline(CompactInput in) throws IndexDamage {
        long value = in.number();
        if (value < 1 || value > 0xFFFFFFFFL) {
            throw new IndexDamage(value + " is no timeline");
        }
        return new TimelineId(value);
    }

    private static WalEvent.DatabaseFiles files(CompactInput in) throws IndexDamage {
        return new WalEvent.DatabaseFiles(in.number(), in.number());
    }

    private static List<Long> numbers(CompactInput in) throws IndexDamage {
        int count = in.count();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(in.number());
        }
        return numbers;
    }
}
