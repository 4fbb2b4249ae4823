package dev.lifeboat.journal;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The journal of one job, open for writing. Lines are appended whole and in order; {@link #record}
 * returns when the line is on disk. Safe for use by many threads of the one process that holds the
 * job's lock.
 */
public final class Journal implements AutoCloseable {
    private final Path file;
    private final Clock clock;
    private final FileChannel channel;
    private final SeekableByteChannel lines;
    private final List<Event> events;
    private final CopyOnWriteArrayList<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private long soundBytes;

    /**
     * @param lines what the lines are written to: the channel, or what stands before it
     */
    private Journal(
            Path file, Clock clock, FileChannel channel, SeekableByteChannel lines, Content found) {
        this.file = file;
        this.clock = clock;
        this.channel = channel;
        this.lines = lines;
        this.events = new ArrayList<>(found.events());
        this.soundBytes = found.soundBytes();
    }

    /**
     * Opens the journal, creating it when there is none. A last line torn by a crash is cut off.
     *
     * @throws RecoveryException JOURNAL_DAMAGED when a line before the last cannot be read,
     *     HOST_FAILURE when the file cannot be opened, NO_SPACE when its disk is full
     */
    public static Journal open(Path file, Clock clock) throws RecoveryException {
        return open(file, clock, channel -> channel);
    }

    /** With something between the journal and its file. */
    static Journal open(Path file, Clock clock, UnaryOperator<SeekableByteChannel> before)
            throws RecoveryException {
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                Content content = readContent(file);
                channel.truncate(content.soundBytes());
                return new Journal(file, clock, channel, before.apply(channel), content);
            } catch (RecoveryException | IOException failed) {
                channel.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw unwritable(file, failed);
        }
    }

    /**
     * Reads a journal that another process may be writing. A torn last line is left out.
     *
     * @return the events, oldest first; none when there is no journal
     * @throws RecoveryException JOURNAL_DAMAGED when a line before the last cannot be read
     */
    public static List<Event> read(Path file) throws RecoveryException {
        try {
            return readContent(file).events();
        } catch (IOException failed) {
            throw unwritable(file, failed);
        }
    }

    /** Appends an event and returns when it is on disk. */
    public synchronized Event record(String name, Map<String, ?> fields) throws RecoveryException {
        Event event = append(name, fields);
        try {
            channel.force(false);
        } catch (IOException failed) {
            throw unwritable(file, failed);
        }
        return event;
    }

    /**
     * Appends an event that may be lost in a crash of the machine: what is cheap to repeat, or
     * merely of interest.
     */
    public synchronized Event note(String name, Map<String, ?> fields) throws RecoveryException {
        return append(name, fields);
    }

    /** All events so far, oldest first, those of earlier processes included. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Calls the listener after each event, in the writing thread. */
    public void onEvent(Consumer<Event> listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized void close() throws RecoveryException {
        try {
            channel.close();
        } catch (IOException failed) {
            throw unwritable(file, failed);
        }
    }

    private Event append(String name, Map<String, ?> fields) throws RecoveryException {
        Event event = new Event(clock.instant(), name, new LinkedHashMap<>(fields));
        ByteBuffer line =
                ByteBuffer.wrap((EventJson.write(event) + "\n").getBytes(StandardCharsets.UTF_8));
        int length = line.remaining();
        try {
            lines.position(soundBytes);
            while (line.hasRemaining()) {
                lines.write(line);
            }
        } catch (IOException failed) {
            takeBackHalfALine(failed);
            throw unwritable(file, failed);
        }
        soundBytes += length;
        events.add(event);
        listeners.forEach(listener -> listener.accept(event));
        return event;
    }

    /** Where that fails as well, the next line is written over it, or the next opening cuts it. */
    private void takeBackHalfALine(IOException failed) {
        try {
            lines.truncate(soundBytes);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private record Content(List<Event> events, long soundBytes) {}

    private static Content readContent(Path file) throws IOException, RecoveryException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return new Content(List.of(), 0);
        }
        var events = new ArrayList<Event>();
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                events.add(EventJson.read(line).orElseThrow(() -> damaged(file, line)));
                start = end + 1;
            }
        }
        return new Content(List.copyOf(events), start);
    }

    private static RecoveryException damaged(Path file, String line) {
        return new RecoveryException(
                ProblemCode.JOURNAL_DAMAGED,
                "The journal " + file + " cannot be read.",
                "It holds a line that is no event: "
                        + line.substring(0, Math.min(80, line.length())),
                "Start the job anew; what it left on disk stays until it is discarded.");
    }

    private static RecoveryException unwritable(Path file, IOException cause) {
        return FileProblem.of("The journal cannot be read or written", file, cause);
    }
}
