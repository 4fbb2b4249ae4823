package dev.lifeboat.storage;

/**
 * Which bytes of an object are wanted. A range may reach behind the object's end; it then ends
 * there.
 *
 * @param offset the first byte; negative: that many bytes before the end ({@link #last})
 * @param lengthBytes how many; {@link #TO_END} for all that follow
 */
public record ByteRange(long offset, long lengthBytes) {
    /** All bytes from the offset on. */
    public static final long TO_END = Long.MAX_VALUE;

    private static final ByteRange WHOLE = new ByteRange(0, TO_END);

    public ByteRange {
        if (lengthBytes < 1) {
            throw new IllegalArgumentException("a range of " + lengthBytes + " bytes");
        }
        if (offset < 0 && lengthBytes != TO_END) {
            throw new IllegalArgumentException("a range from the end has no length of its own");
        }
    }

    /** The whole object; the only range an empty object has. */
    public static ByteRange whole() {
        return WHOLE;
    }

    public static ByteRange from(long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        return new ByteRange(offset, TO_END);
    }

    public static ByteRange of(long offset, long lengthBytes) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        return new ByteRange(offset, lengthBytes);
    }

    /** The last bytes of the object, or all of it when it is shorter. */
    public static ByteRange last(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the last " + bytes + " bytes");
        }
        return new ByteRange(-bytes, TO_END);
    }

    public boolean isWhole() {
        return offset == 0 && lengthBytes == TO_END;
    }

    /** Whether an object of this size has any byte of the range; the whole is always had. */
    public boolean isWithin(long objectBytes) {
        return isWhole() || (objectBytes > 0 && offset < objectBytes);
    }

    /** The first byte, counted from the start of an object of this size. */
    public long firstByte(long objectBytes) {
        return offset >= 0 ? offset : Math.max(0, objectBytes + offset);
    }

    /** How many bytes of an object of this size the range holds. */
    public long lengthIn(long objectBytes) {
        return Math.max(0, Math.min(lengthBytes, objectBytes - firstByte(objectBytes)));
    }

    /**
     * As HTTP writes it, for example {@code bytes=0-99}, {@code bytes=100-}, {@code bytes=-5}.
     *
     * <p>Source: RFC 9110, 14.1.2 "Byte Ranges".
     */
    public String header() {
        if (offset < 0) {
            return "bytes=" + offset;
        }
        boolean open = lengthBytes == TO_END || offset > Long.MAX_VALUE - lengthBytes;
        return "bytes=" + offset + "-" + (open ? "" : offset + lengthBytes - 1);
    }

    @Override
    public String toString() {
        return isWhole() ? "the whole object" : header();
    }
}
