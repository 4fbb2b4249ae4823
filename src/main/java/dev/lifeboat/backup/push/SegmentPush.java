package dev.lifeboat.backup.push;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.Pushed;
import dev.lifeboat.wal.archive.WalPusher;
import dev.lifeboat.wal.archive.WalSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Pushes one file of a data directory, read in one piece. */
public final class SegmentPush {
    private final WalPusher pusher;
    private final Optional<PushIndex> index;

    public SegmentPush(WalPusher pusher) {
        this(pusher, Optional.empty());
    }

    /**
     * @param index takes what was pushed; stays the caller's to close
     */
    public SegmentPush(WalPusher pusher, Optional<PushIndex> index) {
        this.pusher = pusher;
        this.index = index;
    }

    /** A file that is durable in S3. */
    static final class Done {
        private final Pushed pushed;
        private final FileFacts facts;
        private final byte[] content;

        private Done(Pushed pushed, FileFacts facts, byte[] content) {
            this.pushed = pushed;
            this.facts = facts;
            this.content = content;
        }

        Pushed pushed() {
            return pushed;
        }

        /** Of the file whose content was pushed. */
        FileFacts facts() {
            return facts;
        }
    }

    /**
     * Archives a file; durable when this returns.
     *
     * @throws RecoveryException HOST_FAILURE when the file cannot be read or changed while it was
     *     read, or as {@link WalPusher#push}
     */
    public Pushed push(DataDirectory directory, String name) throws RecoveryException {
        return pushMarked(directory, name).pushed();
    }

    Done pushMarked(DataDirectory directory, String name) throws RecoveryException {
        Path file = directory.walFile(name);
        try {
            FileFacts before = FileFacts.of(file);
            byte[] content = read(file);
            if (!before.equals(FileFacts.of(file))) {
                throw new IOException("it changed while it was read");
            }
            WalSource source = WalSource.of(name, content, directory.cluster());
            return new Done(pusher.push(source), before, content);
        } catch (IOException unreadable) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The WAL file " + file + " could not be read.",
                    "The file system answered: " + unreadable.getMessage() + ".",
                    "The server tries again by itself; see that this user may read pg_wal.",
                    unreadable);
        }
    }

    /** Puts what was pushed into the index, if there is one. Never throws. */
    void index(DataDirectory directory, String name, Done done) {
        index.ifPresent(it -> it.pushed(directory, name, done.content, done.pushed));
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > WalSegment.MAX_SIZE_BYTES) {
            throw new IOException("it is larger than any segment");
        }
        return Files.readAllBytes(file);
    }
}
