package dev.lifeboat.ui.task;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads whole lines, UTF-8, from a file that grows. Never gives half a line. For one thread. */
public final class FileTail {
    private final Path file;
    private final ByteArrayOutputStream half = new ByteArrayOutputStream();
    private long read;

    public FileTail(Path file) {
        this.file = file;
    }

    /** The lines that were completed since the last call; none when the file cannot be read. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(read);
            var buffer = ByteBuffer.allocate(64 * 1024);
            int count = channel.read(buffer);
            while (count > 0) {
                read += count;
                split(buffer.flip(), lines);
                buffer.clear();
                count = channel.read(buffer);
            }
        } catch (IOException unreadable) {
            return lines;
        }
        return lines;
    }

    private void split(ByteBuffer bytes, List<String> lines) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                lines.add(half.toString(StandardCharsets.UTF_8));
                half.reset();
            } else {
                half.write(next);
            }
        }
    }
}
