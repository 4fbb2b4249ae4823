package dev.lifeboat.pipeline;

import java.io.InputStream;
import java.io.OutputStream;

/** How content is made smaller. */
public enum Compression {
    NONE("", "") {
        @Override
        CompressingOutput compressing(OutputStream target, long plainBytes) {
            return new PassingOutput(target);
        }

        @Override
        InputStream decompressing(String name, InputStream compressed) {
            return compressed;
        }
    },
    GZIP(".gz", "gzip -d") {
        @Override
        CompressingOutput compressing(OutputStream target, long plainBytes) {
            return new GzipOutput(target);
        }

        @Override
        InputStream decompressing(String name, InputStream compressed) {
            return new GzipInput(name, compressed);
        }
    },
    ZSTD(".zst", "zstd -d") {
        @Override
        CompressingOutput compressing(OutputStream target, long plainBytes) {
            return new ZstdOutput(target, plainBytes);
        }

        @Override
        InputStream decompressing(String name, InputStream compressed) {
            return new ZstdInput(name, compressed);
        }
    };

    /** The size of content whose end nobody knows yet. */
    public static final long UNKNOWN_SIZE = -1;

    private final String extension;
    private final String manualCommand;

    Compression(String extension, String manualCommand) {
        this.extension = extension;
        this.manualCommand = manualCommand;
    }

    /** What a key ends with, before {@code .enc}: {@code .zst}, {@code .gz} or nothing. */
    public String extension() {
        return extension;
    }

    /** The filter that undoes it by hand; empty for {@link #NONE}. */
    public String manualCommand() {
        return manualCommand;
    }

    /**
     * @param plainBytes exactly as much as will be written, or {@link #UNKNOWN_SIZE}
     */
    abstract CompressingOutput compressing(OutputStream target, long plainBytes);

    /**
     * @param name what the object is, to begin a sentence with
     * @param compressed closed with the result
     */
    abstract InputStream decompressing(String name, InputStream compressed);
}
