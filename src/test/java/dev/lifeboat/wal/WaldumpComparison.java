package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.TestCluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the same segments with the reader and with pg_waldump, up to where the log ends. */
final class WaldumpComparison {
    private static final int SHOWN = 10;
    private static final Pattern END = Pattern.compile(" at ([0-9A-F]+/[0-9A-F]+)");

    /** The first records that differ. */
    final List<String> differences = new ArrayList<>();

    final Set<String> kinds = new TreeSet<>();
    int segments;
    WalEnd end;
    Lsn waldumpEnd;

    private final StringBuilder mine = new StringBuilder();
    private BufferedReader theirs;

    WaldumpComparison(TestCluster server, int segmentBytes, List<Path> files, String... options)
            throws Exception {
        var command = new ArrayList<String>();
        command.add(server.programs.path(PgProgram.PG_WALDUMP).toString());
        command.addAll(List.of("-p", ServerWal.folder(server).toString()));
        command.addAll(List.of("-s", firstRecord(files, segmentBytes).toString()));
        command.addAll(List.of(options));
        Path complaint = Files.createTempFile("waldump", ".err");
        var builder = new ProcessBuilder(command).redirectError(complaint.toFile());
        builder.environment().put("TZ", "UTC");
        builder.environment().put("LC_ALL", "C");
        Process waldump = builder.start();
        theirs =
                new BufferedReader(
                        new InputStreamReader(waldump.getInputStream(), StandardCharsets.UTF_8));
        end = ServerWal.read(files, segmentBytes, new Collector());
        segments = files.indexOf(ServerWal.folder(server).resolve(end.segment().name())) + 1;
        compare();
        String more = theirs.readLine();
        if (more != null && differences.isEmpty()) {
            differences.add("pg_waldump goes on with " + more);
        }
        waldump.destroy();
        waldump.waitFor();
        Matcher position = END.matcher(Files.readString(complaint));
        while (position.find()) {
            waldumpEnd = Lsn.parse(position.group(1));
        }
        Files.delete(complaint);
    }

    private void compare() throws IOException {
        if (!mine.isEmpty() && differences.size() < SHOWN) {
            String line = theirs.readLine();
            String expected = line == null ? "nothing" : DumpedRecord.ofLine(line);
            if (!expected.contentEquals(mine)) {
                differences.add("\nmine   " + mine + "\ntheirs " + expected + "\nof     " + line);
            }
        }
        mine.setLength(0);
    }

    /** Completes a record's text with what it means; compares it when the next one comes. */
    private final class Collector implements WalVisitor {
        @Override
        public void record(WalRecord record) {
            try {
                compare();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            mine.append(DumpedRecord.of(record));
        }

        @Override
        public void transaction(TransactionRecord transaction) {
            kinds.add(transaction.kind().name());
            mine.append(DumpedRecord.of(transaction));
        }

        @Override
        public void heap(HeapRecord change) {
            kinds.add(change.kind().name());
            mine.append(DumpedRecord.of(change));
        }

        @Override
        public void event(WalEvent event) {
            kinds.add(event.getClass().getSimpleName());
            mine.append(DumpedRecord.of(event));
        }
    }

    private static Lsn firstRecord(List<Path> files, int segmentBytes) throws Exception {
        var first = new ArrayList<Lsn>();
        ServerWal.read(
                files.subList(0, 1),
                segmentBytes,
                new WalVisitor() {
                    @Override
                    public void record(WalRecord record) {
                        if (first.isEmpty()) {
                            first.add(new Lsn(record.start()));
                        }
                    }
                });
        return first.getFirst();
    }
}
