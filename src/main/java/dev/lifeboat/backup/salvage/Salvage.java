package dev.lifeboat.backup.salvage;

import dev.lifeboat.backup.push.DataDirectory;
import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.RunningServer;
import dev.lifeboat.wal.archive.Pushed;
import dev.lifeboat.wal.archive.WalPusher;
import dev.lifeboat.wal.archive.WalSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Archives what the {@code pg_wal} of a server that is gone still holds. Reads the directory and
 * changes nothing in it; in the archive it adds and never replaces. May be run again at any time.
 * For one thread.
 */
public final class Salvage {
    private final Host host;
    private final WalPusher pusher;

    public Salvage(Host host, WalPusher pusher) {
        this.host = host;
        this.pusher = pusher;
    }

    /** Under which name the tail is archived. */
    public enum TailName {
        /**
         * {@code NAME.partial}, which no restore reads and which is in nobody's way: the server may
         * start again. Source: PostgreSQL documentation, 26.3 "Failover": the last segment of a
         * timeline that was left is archived so.
         */
        PARTIAL,
        /**
         * The segment's own, so that restores reach its last commit. The server must not write
         * again: the archive would refuse what it made of this segment.
         */
        OWN
    }

    /**
     * Archives history files, whole segments and the tail: as it lies there under {@link
     * TailName#PARTIAL}; up to the last valid record, and zeroes behind it, under {@link
     * TailName#OWN}. Where the log ends before the last checkpoint, or goes on behind the end, the
     * end is damage and not where the server stopped: then the tail gets no name of its own, and
     * the result says why.
     *
     * @throws RecoveryException TARGET_IN_USE when a server runs on the directory; HOST_FAILURE
     *     when it cannot be read; SYSTEM_IDENTIFIER_FOREIGN when WAL of another cluster lies in it;
     *     CANCELLED; or as {@link WalPusher#push}, WAL_CONFLICT among them. What was archived until
     *     then stays
     */
    public Salvaged save(
            DataDirectory directory, TailName tailName, CancelToken cancel, Progress progress)
            throws RecoveryException {
        requireStopped(directory);
        LastCheckpoint checkpoint = LastCheckpoint.of(directory);
        LeftWal left = LeftWal.read(directory, cancel);
        List<Problem> problems = problems(left, checkpoint);
        var run = new Run(directory, progress);
        progress.setTotal(left.others().size() + left.segments().size());
        for (String name : left.others()) {
            cancel.check();
            run.push(name, run.content(name));
        }
        for (LeftSegment segment : left.whole()) {
            cancel.check();
            String name = segment.segment().name();
            run.push(name, run.content(name));
        }
        Optional<LeftSegment> tail = left.tail();
        Optional<String> kept = Optional.empty();
        if (tail.isPresent()) {
            boolean own = tailName == TailName.OWN && problems.isEmpty();
            kept = Optional.of(own ? run.pushOwn(tail.get()) : run.pushPartial(tail.get()));
        }
        return run.ended(tail, kept, problems);
    }

    private void requireStopped(DataDirectory directory) throws RecoveryException {
        Optional<RunningServer> running = RunningServer.on(host, directory.path());
        if (running.isPresent()) {
            throw new RecoveryException(
                    ProblemCode.TARGET_IN_USE,
                    "A server runs on " + directory.path() + ".",
                    "Process "
                            + running.get().pid()
                            + " writes its WAL, and archives it by itself.",
                    "Finish and archive its last segment with: lifeboat backup wal");
        }
    }

    private static List<Problem> problems(LeftWal left, LastCheckpoint checkpoint) {
        var problems = new ArrayList<Problem>();
        left.endsTooEarly(checkpoint).ifPresent(problems::add);
        left.damaged().forEach(segment -> problems.add(segment.end().problem()));
        for (String name : left.unreadable()) {
            problems.add(
                    new Problem(
                            ProblemCode.WAL_DAMAGED,
                            name + " in pg_wal is no segment of its name.",
                            "Its first page is damaged, cut short, or another segment's.",
                            "See whether the archive has it: lifeboat timeline"));
        }
        return List.copyOf(problems);
    }

    /** One salvage under way. */
    private final class Run {
        private final DataDirectory directory;
        private final Progress progress;
        private final List<String> archived = new ArrayList<>();
        private int thereBefore;
        private Optional<Problem> diverted = Optional.empty();

        Run(DataDirectory directory, Progress progress) {
            this.directory = directory;
            this.progress = progress;
        }

        void push(String name, byte[] content) throws RecoveryException {
            Pushed pushed = pusher.push(WalSource.of(name, content, directory.cluster()));
            if (pushed.existed()) {
                thereBefore++;
            } else {
                archived.add(name);
            }
            diverted = diverted.or(pushed::diverted);
            progress.add(1);
        }

        byte[] content(String name) throws RecoveryException {
            Path file = directory.path().resolve("pg_wal").resolve(name);
            try {
                return Files.readAllBytes(file);
            } catch (IOException failed) {
                throw new RecoveryException(
                        ProblemCode.HOST_FAILURE,
                        file + " could not be read.",
                        "The file system answered: " + failed.getMessage() + ".",
                        "See that this user may read it; then run this again.",
                        failed);
            }
        }

        String pushOwn(LeftSegment tail) throws RecoveryException {
            String name = tail.segment().name();
            push(name, upToEnd(tail));
            return name;
        }

        String pushPartial(LeftSegment tail) throws RecoveryException {
            String name = tail.segment().name() + ".partial";
            try {
                push(name, content(tail.segment().name()));
            } catch (RecoveryException refused) {
                throw refused.code() == ProblemCode.WAL_CONFLICT ? writtenOn(name) : refused;
            }
            return name;
        }

        private RecoveryException writtenOn(String name) {
            return new RecoveryException(
                    ProblemCode.WAL_CONFLICT,
                    "The archive holds an earlier " + name + ".",
                    "The server was started again after that was saved and has written on; what is"
                            + " in the archive was left as it is.",
                    "If it never starts again: lifeboat wal salvage "
                            + directory.path()
                            + " --with-tail; else move that object away and run this again.");
        }

        private byte[] upToEnd(LeftSegment tail) throws RecoveryException {
            byte[] content = content(tail.segment().name());
            int valid = Math.toIntExact(tail.end().end().value() - tail.segment().start().value());
            Arrays.fill(content, valid, content.length, (byte) 0);
            return content;
        }

        Salvaged ended(Optional<LeftSegment> tail, Optional<String> name, List<Problem> damaged) {
            return new Salvaged(List.copyOf(archived), thereBefore, tail, name, damaged, diverted);
        }
    }
}
