package dev.lifeboat.backup.push;

import dev.lifeboat.host.Host;
import dev.lifeboat.journal.JobLock;
import dev.lifeboat.journal.JobSocket;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Stays beside a server and archives what it marks as ready. Ends when the server is gone, when
 * there was nothing to do for a while, when its settings are no longer those of the server's {@code
 * archive_command}, or after some hours, so that a new one with a fresh environment takes its
 * place.
 */
public final class ResidentPusher {
    private static final Logger LOG = LoggerFactory.getLogger(ResidentPusher.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int AHEAD = 128;

    private final Host host;
    private final DataDirectory directory;
    private final PushFolder folder;
    private final SegmentPush push;
    private final Terms terms;
    private final Clock clock;
    private volatile boolean dismissed;
    private volatile long lastWork = System.nanoTime();

    /**
     * How a resident works.
     *
     * @param stamp of its settings, as the launcher made it
     * @param threads how many files are pushed at once
     * @param idle how long it stays without work
     * @param serverGone how long it stays without a server
     * @param life how long it stays at most
     */
    public record Terms(
            String stamp, int threads, Duration idle, Duration serverGone, Duration life) {
        private static final Duration IDLE = Duration.ofMinutes(5);
        private static final Duration SERVER_GONE = Duration.ofSeconds(10);
        private static final Duration LIFE = Duration.ofHours(6);
        private static final int THREADS = 4;

        public static Terms usual(String stamp) {
            return new Terms(stamp, THREADS, IDLE, SERVER_GONE, LIFE);
        }
    }

    /**
     * @param home LIFEBOAT_HOME
     */
    public ResidentPusher(
            Host host,
            Path home,
            DataDirectory directory,
            SegmentPush push,
            Terms terms,
            Clock clock) {
        this.host = host;
        this.directory = directory;
        this.folder = PushFolder.of(home, directory);
        this.push = push;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Works until one of the reasons to end is there.
     *
     * @return why it ended, a sentence
     * @throws RecoveryException JOB_BUSY when the data directory has a resident already
     */
    public String run(CancelToken cancel) throws RecoveryException {
        folder.create();
        try (JobLock _ = JobLock.take(folder.path().resolve("lock"))) {
            folder.clear();
            try (var queue =
                            new PushQueue(directory, push, folder, terms.stamp(), terms.threads());
                    var ready = new ReadyFiles(directory.statusFolder());
                    JobSocket _ = JobSocket.listen(folder.path(), line -> answer(queue, line))) {
                folder.writePid(ProcessHandle.current().pid());
                return work(queue, ready, cancel);
            } finally {
                folder.removePid();
            }
        } catch (IOException gone) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The folder " + directory.statusFolder() + " cannot be watched.",
                    "The file system answered: " + gone.getMessage() + ".",
                    "Nothing is lost: the server's next archive_command pushes by itself.",
                    gone);
        }
    }

    private String work(PushQueue queue, ReadyFiles ready, CancelToken cancel) throws IOException {
        long began = System.nanoTime();
        long serverSeen = began;
        lastWork = began;
        while (true) {
            List<String> names = ready.names();
            queue.keepOnly(names);
            names.stream().limit(AHEAD).forEach(queue::offer);
            long now = System.nanoTime();
            lastWork = names.isEmpty() ? lastWork : now;
            serverSeen = serverRuns() ? now : serverSeen;
            if (cancel.isCancelled() || !folder.exists()) {
                return "It was asked to end.";
            }
            if (dismissed || queue.isOutdated()) {
                return "Its settings or credentials are outdated.";
            }
            if (now - serverSeen > terms.serverGone().toNanos()) {
                return "The server is gone.";
            }
            if (now - lastWork > terms.idle().toNanos()) {
                return "There was nothing to do.";
            }
            if (now - began > terms.life().toNanos() && queue.unfinished() == 0) {
                return "It makes room for a fresh one.";
            }
            try {
                ready.awaitChange(LOOK);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return "It was asked to end.";
            }
        }
    }

    /** A request is {@code push NAME STAMP}. */
    private String answer(PushQueue queue, String line) {
        lastWork = System.nanoTime();
        String[] words = line.split(" ", 3);
        boolean mine =
                words.length >= 2
                        && words[0].equals("push")
                        && terms.stamp().equals(words.length == 3 ? words[2] : "");
        if (!mine) {
            dismissed = true;
            return new PushAnswer.NotSaid().write(clock);
        }
        PushAnswer answer = queue.demand(words[1]).join();
        lastWork = System.nanoTime();
        return answer.write(clock);
    }

    private boolean serverRuns() {
        try {
            List<String> lines = Files.readAllLines(directory.path().resolve("postmaster.pid"));
            return !lines.isEmpty()
                    && host.processes().isAlive(Long.parseLong(lines.getFirst().strip()));
        } catch (NoSuchFileException stopped) {
            return false;
        } catch (IOException | NumberFormatException unclear) {
            LOG.debug("Whether the server runs is not clear.", unclear);
            return true;
        }
    }

    /** A request for one file, as a line for the socket. */
    static String request(String name, String stamp) {
        return "push " + name + " " + stamp;
    }
}
