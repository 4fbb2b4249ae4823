package dev.lifeboat.storage;

import dev.lifeboat.kernel.StreamException;

import java.io.FilterInputStream;
import java.io.InputStream;
import java.util.Objects;

/**
 * The bytes of an object (or of a range of it) with its description. Closing it before its end
 * drops the connection instead of reading the rest, so it costs nothing to stop early. Used by one
 * thread; closing from another one frees a read that blocks.
 */
public class ObjectStream extends FilterInputStream {
    private final ObjectInfo info;
    private final long firstByte;
    private final long lengthBytes;

    /**
     * @param body must throw {@link StreamException} when it ends early
     * @param firstByte where in the object the stream begins
     * @param lengthBytes how many bytes it promises
     */
    public ObjectStream(InputStream body, ObjectInfo info, long firstByte, long lengthBytes) {
        super(Objects.requireNonNull(body));
        this.info = Objects.requireNonNull(info);
        this.firstByte = firstByte;
        this.lengthBytes = lengthBytes;
    }

    public ObjectInfo info() {
        return info;
    }

    /** Where in the object this stream begins. */
    public long firstByte() {
        return firstByte;
    }

    /** How many bytes this stream gives before its end. */
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
