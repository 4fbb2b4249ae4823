package dev.lifeboat.rescue;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.RowSql;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What is done and what takes it back, as SQL, written while it is done. Both lie on disk, whole,
 * before the transaction is committed; they hold rows, so that only their owner may read them. Both
 * are for psql, and do nothing in another database than the one that was written to.
 */
final class Scripts implements AutoCloseable {
    private final Path apply;
    private final Path undo;
    private final BufferedWriter applied;
    private final BufferedWriter undoing;
    private boolean kept;

    /**
     * @param folder exists
     * @param name the table's, as files may be called; a number is added where scripts of that name
     *     lie there
     * @param written where alone they may run
     */
    Scripts(Path folder, String name, WrittenTo written) throws RecoveryException {
        String free = free(folder, name);
        apply = folder.resolve(free + ".apply.sql");
        undo = folder.resolve(free + ".undo.sql");
        try {
            applied = open(apply);
            undoing = open(undo);
        } catch (IOException refused) {
            throw RescueProblems.io(apply, refused);
        }
        begin(applied, written);
        begin(undoing, written);
    }

    /** Scripts of an earlier rescue are its record, and stay. */
    private static String free(Path folder, String name) {
        String free = name;
        for (int number = 2; taken(folder, free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private static boolean taken(Path folder, String name) {
        return Files.exists(folder.resolve(name + ".apply.sql"))
                || Files.exists(folder.resolve(name + ".undo.sql"));
    }

    private static BufferedWriter open(Path file) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.newBufferedWriter(file);
    }

    private void begin(BufferedWriter script, WrittenTo written) throws RecoveryException {
        line(script, "\\set ON_ERROR_STOP on");
        line(script, "BEGIN;");
        line(script, written.guard());
        for (String setting : RowSql.SETTINGS) {
            line(script, setting.replaceFirst("SET ", "SET LOCAL ") + ";");
        }
    }

    void applied(String statement) throws RecoveryException {
        line(applied, statement);
    }

    void undoing(String statement) throws RecoveryException {
        line(undoing, statement);
    }

    private void line(BufferedWriter script, String text) throws RecoveryException {
        try {
            script.write(text);
            script.write('\n');
        } catch (IOException full) {
            throw RescueProblems.io(apply.getParent(), full);
        }
    }

    /** Ends both and brings them to disk. */
    void finish() throws RecoveryException {
        line(applied, "COMMIT;");
        line(undoing, "COMMIT;");
        try {
            applied.close();
            undoing.close();
            for (Path file : new Path[] {apply, undo}) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        } catch (IOException full) {
            throw RescueProblems.io(apply.getParent(), full);
        }
    }

    /** The transaction is committed: they stay. */
    void keep() {
        kept = true;
    }

    Path apply() {
        return apply;
    }

    Path undo() {
        return undo;
    }

    /** What was not done leaves no script. */
    @Override
    public void close() {
        try {
            applied.close();
            undoing.close();
            if (!kept) {
                Files.deleteIfExists(apply);
                Files.deleteIfExists(undo);
            }
        } catch (IOException left) {
            // They lie in the restore's folder and go with it.
        }
    }
}
