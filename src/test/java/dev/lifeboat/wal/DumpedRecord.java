package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One record as text, made either of a line of pg_waldump or of what the reader told, so that the
 * two can be compared.
 */
final class DumpedRecord {
    private static final Pattern LINE =
            Pattern.compile(
                    "rmgr: (\\S+) +len \\(rec/tot\\): *(\\d+)/ *(\\d+), tx: *(\\d+), lsn: (\\S+), prev"
                            + " (\\S+), desc: (.*)",
                    Pattern.DOTALL);
    private static final Pattern BLOCK =
            Pattern.compile(
                    ", blkref #(\\d+): rel (\\d+/\\d+/\\d+)(?: fork (\\w+))? blk (\\d+)( FPW(?: for"
                            + " WAL verification)?)?");
    private static final Pattern TIME =
            Pattern.compile("(\\d+-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}) UTC");
    private static final String[] FORKS = {"main", "fsm", "vm", "init"};

    private DumpedRecord() {}

    /** What matters of a line of pg_waldump. */
    static String ofLine(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a line of pg_waldump: " + line);
        }
        String text = parts.group(7);
        var blocks = new StringBuilder();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String fork = block.group(3) == null ? "main" : block.group(3);
            blocks.append(
                    " #%s %s %s %s%s"
                            .formatted(
                                    block.group(1),
                                    block.group(2),
                                    fork,
                                    block.group(4),
                                    block.group(5) == null ? "" : " FPW"));
        }
        String head =
                "%s %s %s tx %s %s/%s"
                        .formatted(
                                Lsn.parse(parts.group(5)),
                                Lsn.parse(parts.group(6)),
                                parts.group(1),
                                parts.group(4),
                                parts.group(2),
                                parts.group(3));
        return head + blocks + meaning(parts.group(1), parts.group(4), text);
    }

    private static String meaning(String manager, String tx, String text) {
        String name = text.split("[ ,]", 2)[0];
        return switch (manager) {
            case "Transaction" -> transaction(tx, text, name);
            case "Heap", "Heap2" -> heap(name, text);
            case "Storage" -> " " + text.replaceAll(" flags \\d+", "");
            case "Database" -> " " + text;
            case "Tablespace" -> " " + text.replaceAll("\"", "");
            case "XLOG" -> control(name, text);
            default -> "";
        };
    }

    private static String heap(String name, String text) {
        return switch (name.replace("+INIT", "")) {
            case "INSERT", "DELETE", "UPDATE", "HOT_UPDATE", "INPLACE" ->
                    " " + name.replace("+INIT", "");
            case "MULTI_INSERT" -> " MULTI_INSERT " + text.split(" ")[1];
            case "TRUNCATE" ->
                    " " + text.replaceAll("nrelids \\d+ ", "").replaceAll(" *relids", " relids");
            default -> "";
        };
    }

    private static String transaction(String tx, String text, String name) {
        if (name.equals("ASSIGNMENT") || name.equals("INVALIDATION")) {
            return "";
        }
        Matcher time = TIME.matcher(text);
        Matcher prepared = Pattern.compile("^\\w+ (\\d+): ").matcher(text);
        Matcher gid = Pattern.compile("^PREPARE gid (.*?): \\d{4}").matcher(text);
        return " %s %s %s%s%s%s"
                .formatted(
                        name,
                        prepared.find() ? prepared.group(1) : tx,
                        time.find() ? time.group(1) : "no time",
                        part("rels(?:\\(commit\\))?", text),
                        part("subxacts", text),
                        gid.find() ? " gid " + gid.group(1) : "");
    }

    private static String part(String name, String text) {
        Matcher part = Pattern.compile("; " + name + ": ([^;]*)").matcher(text);
        return part.find() ? " [" + part.group(1).strip() + "]" : "";
    }

    private static String control(String name, String text) {
        return switch (name) {
            case "CHECKPOINT_SHUTDOWN", "CHECKPOINT_ONLINE" -> {
                Matcher fields =
                        Pattern.compile(
                                        "(\\w+) redo (\\S+); tli (\\d+); prev tli (\\d+); fpw (\\w+); xid"
                                                + " (\\d+):(\\d+);.*")
                                .matcher(text);
                fields.matches();
                yield fields.replaceFirst(" $1 $2 $3 $4 $5 $6:$7");
            }
            case "PARAMETER_CHANGE", "RESTORE_POINT", "SWITCH" -> " " + text.strip();
            case "END_OF_RECOVERY", "OVERWRITE_CONTRECORD" -> " " + text.strip();
            case "BACKUP_END", "FPW_CHANGE" -> " " + text.strip();
            default -> "";
        };
    }

    /** What matters of a record, without what it means. */
    static String of(WalRecord record) {
        var text = new StringBuilder();
        text.append(
                "%s %s %s tx %s %d/%d"
                        .formatted(
                                new Lsn(record.start()),
                                new Lsn(record.previous()),
                                ResourceManager.name(record.resourceManager()),
                                Integer.toUnsignedString(record.xid()),
                                record.totalBytes() - record.imageBytes(),
                                record.totalBytes()));
        for (int i = 0; i < record.blockCount(); i++) {
            text.append(
                    " #%d %s %s %s%s"
                            .formatted(
                                    record.blockId(i),
                                    record.relation(i),
                                    FORKS[record.fork(i)],
                                    Integer.toUnsignedString(record.blockNumber(i)),
                                    record.hasImage(i) ? " FPW" : ""));
        }
        return text.toString();
    }

    static String of(HeapRecord heap) {
        return " "
                + heap.kind()
                + (heap.kind() == HeapRecord.Kind.MULTI_INSERT ? " " + heap.rows() : "");
    }

    static String of(TransactionRecord transaction) {
        var dropped = new StringBuilder();
        for (int i = 0; i < transaction.droppedCount(); i++) {
            dropped.append(" ").append(path(transaction.dropped(i)));
        }
        var subtransactions = new StringBuilder();
        for (int i = 0; i < transaction.subtransactionCount(); i++) {
            subtransactions
                    .append(" ")
                    .append(Integer.toUnsignedString(transaction.subtransaction(i)));
        }
        boolean isPrepare = transaction.kind() == TransactionRecord.Kind.PREPARE;
        return " %s %s %s%s%s%s"
                .formatted(
                        transaction.kind(),
                        Integer.toUnsignedString(transaction.xid()),
                        time(transaction.time()),
                        dropped.isEmpty() ? "" : " [" + dropped.toString().strip() + "]",
                        subtransactions.isEmpty()
                                ? ""
                                : " [" + subtransactions.toString().strip() + "]",
                        isPrepare ? " gid " + transaction.gid().orElse("") : "");
    }

    private static String time(java.time.Instant instant) {
        var utc = instant.atOffset(java.time.ZoneOffset.UTC);
        return java.time.format.DateTimeFormatter.ofPattern(
                        "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
                .format(utc);
    }

    private static String folder(WalEvent.DatabaseFiles files) {
        return files.tablespace() + "/" + files.database();
    }

    static String path(RelationFile file) {
        if (file.tablespace() == 1664) {
            return "global/" + file.number();
        }
        String folder =
                file.tablespace() == 1663
                        ? "base/"
                        : "pg_tblspc/" + file.tablespace() + "/PG_15_202209061/";
        return folder + file.database() + "/" + file.number();
    }

    static String of(WalEvent event) {
        return switch (event) {
            case WalEvent.Checkpoint c ->
                    " CHECKPOINT_%s %s %s %s %s %d:%d"
                            .formatted(
                                    c.shutdown() ? "SHUTDOWN" : "ONLINE",
                                    c.redo(),
                                    c.timeline(),
                                    c.previousTimeline(),
                                    c.fullPageWrites(),
                                    c.nextXid() >>> 32,
                                    c.nextXid() & 0xFFFFFFFFL);
            case WalEvent.RestorePoint p -> " RESTORE_POINT " + p.name();
            case WalEvent.ParameterChange p ->
                    (" PARAMETER_CHANGE max_connections=%d max_worker_processes=%d"
                                    + " max_wal_senders=%d max_prepared_xacts=%d max_locks_per_xact=%d"
                                    + " wal_level=%s wal_log_hints=%s track_commit_timestamp=%s")
                            .formatted(
                                    p.maxConnections(),
                                    p.maxWorkerProcesses(),
                                    p.maxWalSenders(),
                                    p.maxPreparedTransactions(),
                                    p.maxLocksPerTransaction(),
                                    p.walLevel().name().toLowerCase(Locale.ROOT),
                                    p.walLogHints() ? "on" : "off",
                                    p.trackCommitTimestamp() ? "on" : "off");
            case WalEvent.EndOfRecovery e ->
                    " END_OF_RECOVERY tli %s; prev tli %s; time %s UTC"
                            .formatted(e.timeline(), e.previousTimeline(), time(e.time()));
            case WalEvent.ContinuationOverwritten o ->
                    " OVERWRITE_CONTRECORD lsn %s; time %s UTC"
                            .formatted(o.overwritten(), time(o.time()));
            case WalEvent.Switch _ -> " SWITCH";
            case WalEvent.BackupEnd b -> " BACKUP_END " + b.backupStart();
            case WalEvent.FullPageWritesChange f -> " FPW_CHANGE " + f.on();
            case WalEvent.RunningTransactions _ -> "";
            case WalEvent.RelationMapUpdated _ -> "";
            case WalEvent.DatabaseCreated d ->
                    d.copiedFrom().isPresent()
                            ? " CREATE_FILE_COPY copy dir "
                                    + folder(d.copiedFrom().get())
                                    + " to "
                                    + folder(d.files())
                            : " CREATE_WAL_LOG create dir " + folder(d.files());
            case WalEvent.DatabaseDropped d -> {
                var text = new StringBuilder(" DROP dir");
                d.tablespaces().forEach(t -> text.append(" ").append(t + "/" + d.database()));
                yield text.toString();
            }
            case WalEvent.TablespaceCreated t -> " CREATE " + t.tablespace() + " " + t.path();
            case WalEvent.TablespaceDropped t -> " DROP " + t.tablespace();
            case WalEvent.RelationFileCreated r ->
                    " CREATE " + path(r.file()) + (r.fork() == 0 ? "" : "_" + FORKS[r.fork()]);
            case WalEvent.RelationFileTruncated r ->
                    " TRUNCATE " + path(r.file()) + " to " + r.blocks() + " blocks";
            case WalEvent.TablesTruncated t -> {
                var text = new StringBuilder(" TRUNCATE ");
                text.append(t.cascade() ? "cascade " : "");
                text.append(t.restartedSequences() ? "restart_seqs " : "").append("relids");
                t.relations().forEach(r -> text.append(" ").append(r));
                yield text.toString().replaceAll(" +", " ");
            }
        };
    }
}
