package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Turns rare records into {@link WalEvent}s. */
final class EventDecoder {
    private static final int HEAP_TRUNCATE = 0x30;
    private static final int RUNNING_TRANSACTIONS = 0x10;

    private final MainData data = new MainData();
    private WalVersion version = WalVersion.POSTGRESQL_15;
    private Lsn start = Lsn.ZERO;
    private Lsn end = Lsn.ZERO;
    private int xid;

    /**
     * The event a record is; null when it is none, or when {@link #isCutShort} and its content does
     * not hold what it promises.
     */
    WalEvent decode(WalRecord record, WalVersion writer) {
        version = writer;
        int opcode = record.info() & 0xF0;
        data.set(record);
        start = new Lsn(record.start());
        end = new Lsn(record.end());
        xid = record.xid();
        WalEvent event =
                switch (record.resourceManager()) {
                    case ResourceManager.XLOG -> control(opcode);
                    case ResourceManager.STORAGE -> storage(opcode);
                    case ResourceManager.DATABASE -> database(opcode);
                    case ResourceManager.TABLESPACE -> tablespace(opcode);
                    case ResourceManager.RELATION_MAP -> opcode == 0 ? relationMap() : null;
                    case ResourceManager.STANDBY ->
                            opcode == RUNNING_TRANSACTIONS ? runningTransactions() : null;
                    case ResourceManager.HEAP ->
                            (opcode & 0x70) == HEAP_TRUNCATE ? tablesTruncated() : null;
                    default -> null;
                };
        return data.isCutShort() ? null : event;
    }

    boolean isCutShort() {
        return data.isCutShort();
    }

    private WalEvent control(int opcode) {
        return switch (opcode) {
            case 0x00 -> checkpoint(true);
            case 0x10 -> checkpoint(false);
            case 0x40 -> new WalEvent.Switch(start, end);
            case 0x50 -> new WalEvent.BackupEnd(start, end, new Lsn(data.i64()));
            case 0x60 -> parameterChange();
            case 0x70 -> new WalEvent.RestorePoint(start, end, time(), data.text());
            case 0x80 -> new WalEvent.FullPageWritesChange(start, end, data.u8() != 0);
            case 0x90 -> new WalEvent.EndOfRecovery(start, end, time(), timeline(), timeline());
            case 0xD0 ->
                    new WalEvent.ContinuationOverwritten(start, end, new Lsn(data.i64()), time());
            default -> null;
        };
    }

    /** Source: {@code pg_control.h}, CheckPoint; wal_level fills a gap of the layout from 17 on. */
    private WalEvent checkpoint(boolean shutdown) {
        Lsn redo = new Lsn(data.i64());
        TimelineId timeline = timeline();
        TimelineId previous = timeline();
        boolean fullPageWrites = data.u8() != 0;
        data.skip(3, 1);
        int level = data.i32();
        long nextXid = data.i64();
        data.skip(8, 4);
        Instant time = PostgresTime.ofUnixSeconds(data.i64());
        return new WalEvent.Checkpoint(
                start,
                end,
                redo,
                timeline,
                previous,
                shutdown,
                fullPageWrites,
                nextXid,
                time,
                version.major() >= 17 ? Optional.of(level(level)) : Optional.empty());
    }

    private WalEvent parameterChange() {
        return new WalEvent.ParameterChange(
                start,
                end,
                data.i32(),
                data.i32(),
                data.i32(),
                data.i32(),
                data.i32(),
                level(data.i32()),
                data.u8() != 0,
                data.u8() != 0);
    }

    private WalEvent storage(int opcode) {
        return switch (opcode) {
            case 0x10 ->
                    new WalEvent.RelationFileCreated(start, end, xid, relationFile(), data.i32());
            case 0x20 -> {
                long blocks = data.u32();
                yield new WalEvent.RelationFileTruncated(start, end, xid, relationFile(), blocks);
            }
            default -> null;
        };
    }

    private WalEvent database(int opcode) {
        return switch (opcode) {
            case 0x00 ->
                    new WalEvent.DatabaseCreated(
                            start, end, xid, databaseFiles(), Optional.of(databaseFiles()));
            case 0x10 ->
                    new WalEvent.DatabaseCreated(
                            start, end, xid, databaseFiles(), Optional.empty());
            case 0x20 ->
                    new WalEvent.DatabaseDropped(start, end, xid, data.u32(), oids(data.i32()));
            default -> null;
        };
    }

    private WalEvent tablespace(int opcode) {
        return switch (opcode) {
            case 0x00 -> new WalEvent.TablespaceCreated(start, end, xid, data.u32(), data.text());
            case 0x10 -> new WalEvent.TablespaceDropped(start, end, xid, data.u32());
            default -> null;
        };
    }

    private WalEvent runningTransactions() {
        data.skip(3, 4);
        return new WalEvent.RunningTransactions(start, end, data.i32(), data.i32());
    }

    /** Source: {@code src/backend/utils/cache/relmapper.c}, RelMapFile. */
    private WalEvent relationMap() {
        long database = data.u32();
        data.skip(3, 4);
        int count = data.i32();
        if (count < 0 || !data.has(8L * count)) {
            data.fail();
            return null;
        }
        var files = new HashMap<Long, Long>();
        for (int i = 0; i < count; i++) {
            files.put(data.u32(), data.u32());
        }
        return new WalEvent.RelationMapUpdated(start, end, database, files);
    }

    private WalEvent tablesTruncated() {
        long database = data.u32();
        int count = data.i32();
        int flags = data.u8();
        data.skip(3, 1);
        return new WalEvent.TablesTruncated(
                start, end, xid, database, oids(count), (flags & 1) != 0, (flags & 2) != 0);
    }

    /** Reads so many OIDs; makes nothing when they are not there. */
    private List<Long> oids(int count) {
        if (count < 0 || !data.has(4L * count)) {
            data.fail();
            return List.of();
        }
        var oids = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            oids.add(data.u32());
        }
        return List.copyOf(oids);
    }

    private WalEvent.DatabaseFiles databaseFiles() {
        return new WalEvent.DatabaseFiles(data.u32(), data.u32());
    }

    private RelationFile relationFile() {
        return new RelationFile(data.u32(), data.u32(), data.u32());
    }

    private Instant time() {
        return PostgresTime.instant(data.i64());
    }

    private TimelineId timeline() {
        long value = data.u32();
        if (value == 0) {
            data.fail();
            return TimelineId.FIRST;
        }
        return new TimelineId(value);
    }

    private WalEvent.WalLevel level(int ordinal) {
        WalEvent.WalLevel[] levels = WalEvent.WalLevel.values();
        if (ordinal < 0 || ordinal >= levels.length) {
            data.fail();
            return WalEvent.WalLevel.MINIMAL;
        }
        return levels[ordinal];
    }
}
