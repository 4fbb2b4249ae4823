package dev.lifeboat.storage.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is opened when it is first read, so that thousands can stand in a row. */
final class LazyFile extends InputStream {
    private final Path file;
    private InputStream in;

    LazyFile(Path file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        return opened().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return opened().read(bytes, offset, length);
    }

    private InputStream opened() throws IOException {
        if (in == null) {
            in = Files.newInputStream(file);
        }
        return in;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
