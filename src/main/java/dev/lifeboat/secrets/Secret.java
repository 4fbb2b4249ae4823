package dev.lifeboat.secrets;

import com.fasterxml.jackson.annotation.JsonValue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A key or a password. It prints as {@code ***} wherever it is printed, JSON included, has no
 * content-based {@code equals} or {@code hashCode}, cannot be serialised, and its bytes are zeroed
 * by {@link #close()}.
 *
 * <p>Whoever creates one closes it. Safe for use by many threads; after {@code close} every use but
 * {@link #toString()} throws {@link IllegalStateException}.
 */
public final class Secret implements AutoCloseable {
    private static final String HIDDEN = "***";
    private byte[] bytes;

    private Secret(byte[] owned) {
        this.bytes = owned;
    }

    /** Copies the bytes as they are; the caller's array stays the caller's to wipe. */
    public static Secret ofBytes(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** Copies the characters as UTF-8; the caller's array stays the caller's to wipe. */
    public static Secret of(char[] characters) {
        var encoded = ByteBuffer.allocate(characters.length * 3);
        var result =
                StandardCharsets.UTF_8
                        .newEncoder()
                        .encode(CharBuffer.wrap(characters), encoded, true);
        if (result.isError()) {
            throw new IllegalArgumentException("half a surrogate pair is no character");
        }
        byte[] exact = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return new Secret(exact);
    }

    /**
     * Takes the text as UTF-8. A {@code String} cannot be wiped: only for what the JDK hands over
     * as one, such as an environment variable.
     */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes, UTF-8 where the secret was text. The caller wipes it. */
    public synchronized byte[] copyUtf8() {
        return open().clone();
    }

    /** Another secret of the same content, closed on its own. */
    public synchronized Secret copy() {
        return new Secret(open().clone());
    }

    public synchronized boolean isEmpty() {
        return open().length == 0;
    }

    /** Whether both hold the same bytes, found out in a time that does not depend on them. */
    public boolean sameAs(Secret other) {
        byte[] theirs = other.copyUtf8();
        try {
            synchronized (this) {
                return MessageDigest.isEqual(open(), theirs);
            }
        } finally {
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /** Zeroes the bytes. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
            bytes = null;
        }
    }

    /** {@code ***}, for JSON too. */
    @Override
    @JsonValue
    public String toString() {
        return HIDDEN;
    }

    private byte[] open() {
        if (bytes == null) {
            throw new IllegalStateException("This secret was closed.");
        }
        return bytes;
    }
}
