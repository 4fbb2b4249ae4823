package dev.lifeboat.pipeline;

import static dev.lifeboat.crypto.Keys.content;
import static dev.lifeboat.crypto.Keys.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.crypto.Programs;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What the programs gzip and zstd write is read, and the other way round. */
class CompressionTest {
    @Provide
    Arbitrary<Integer> sizes() {
        int buffer = 128 * 1024;
        return Arbitraries.oneOf(
                Arbitraries.of(
                        0,
                        1,
                        32 * 1024 - 1,
                        32 * 1024,
                        32 * 1024 + 1,
                        buffer - 1,
                        buffer,
                        buffer + 1,
                        2 * buffer,
                        3 * buffer + 5,
                        3_000_000),
                Arbitraries.integers().between(0, 300_000));
    }

    @Provide
    Arbitrary<Compression> formats() {
        return Arbitraries.of(Compression.GZIP, Compression.ZSTD);
    }

    @Property(tries = 40)
    void theProgramReadsWhatIsWritten(
            @ForAll @From("formats") Compression format,
            @ForAll @From("sizes") int size,
            @ForAll boolean sizeKnown)
            throws Exception {
        byte[] plain = size % 3 == 0 ? content(size) : rows(size);

        byte[] packed = pack(format, plain, sizeKnown ? size : Compression.UNKNOWN_SIZE);

        assertThat(Programs.run(packed, program(format), "-d", "-c")).isEqualTo(plain);
        assertThat(unpack(format, packed)).isEqualTo(plain);
    }

    @Property(tries = 40)
    void whatTheProgramWritesIsRead(
            @ForAll @From("formats") Compression format,
            @ForAll @From("sizes") int size,
            @ForAll @IntRange(min = 1, max = 9) int level)
            throws Exception {
        byte[] plain = size % 3 == 0 ? content(size) : rows(size);

        byte[] packed = Programs.run(plain, program(format), "-" + level, "-c");

        assertThat(unpack(format, packed)).isEqualTo(plain);
    }

    @Property(tries = 40)
    void whatIsPackedInPiecesIsReadWhole(
            @ForAll @From("formats") Compression format,
            @ForAll @From("sizes") int first,
            @ForAll @From("sizes") int second)
            throws Exception {
        var both = new ByteArrayOutputStream();
        both.write(pack(format, rows(first), Compression.UNKNOWN_SIZE));
        both.write(pack(format, content(second), Compression.UNKNOWN_SIZE));

        byte[] plain = unpack(format, both.toByteArray());

        assertThat(Arrays.copyOf(plain, first)).isEqualTo(rows(first));
        assertThat(Arrays.copyOfRange(plain, first, plain.length)).isEqualTo(content(second));
    }

    @Property(tries = 60)
    void aLostEndIsTruncation(
            @ForAll @From("formats") Compression format,
            @ForAll @From("sizes") int size,
            @ForAll @IntRange(max = 1_000_000) int anywhere)
            throws Exception {
        byte[] packed = pack(format, rows(size), Compression.UNKNOWN_SIZE);
        byte[] cut = Arrays.copyOf(packed, anywhere % packed.length);

        assertThat(problem(format, cut)).isEqualTo(ProblemCode.OBJECT_TRUNCATED);
    }

    @Property(tries = 60)
    void aFlippedBitNeverPasses(
            @ForAll @From("formats") Compression format,
            @ForAll @IntRange(min = 100, max = 300_000) int size,
            @ForAll @IntRange(max = 1_000_000) int anywhere,
            @ForAll @IntRange(max = 7) int bit)
            throws Exception {
        byte[] plain = rows(size);
        byte[] packed = pack(format, plain, size);
        int header = format == Compression.GZIP ? 10 : 0;
        packed[header + anywhere % (packed.length - header)] ^= (byte) (1 << bit);

        assertThat(sameOrProblem(format, packed, plain)).isTrue();
    }

    @Property(tries = 20)
    void whatFollowsTheEndIsNotOverlooked(
            @ForAll @From("formats") Compression format, @ForAll @From("sizes") int size)
            throws Exception {
        var longer = new ByteArrayOutputStream();
        longer.write(pack(format, rows(size), Compression.UNKNOWN_SIZE));
        longer.writeBytes(new byte[] {'r', 'u', 'b', 'b', 'i', 's', 'h'});

        assertThat(problem(format, longer.toByteArray())).isEqualTo(ProblemCode.OBJECT_DAMAGED);
    }

    @Example
    void gzipMayBePaddedWithZeroes() throws Exception {
        byte[] packed = pack(Compression.GZIP, rows(10_000), Compression.UNKNOWN_SIZE);

        byte[] padded = Arrays.copyOf(packed, packed.length + 512);

        assertThat(unpack(Compression.GZIP, padded)).isEqualTo(rows(10_000));
    }

    @Example
    void readsAGzipHeaderWithAllItsFields() throws Exception {
        byte[] packed = pack(Compression.GZIP, rows(100), Compression.UNKNOWN_SIZE);
        var full = new ByteArrayOutputStream();
        full.write(new byte[] {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3});
        full.write(new byte[] {3, 0, 'a', 'b', 'c'});
        full.write(new byte[] {'n', 'a', 'm', 'e', 0, 'n', 'o', 't', 'e', 0, 1, 2});
        full.write(packed, 10, packed.length - 10);

        assertThat(unpack(Compression.GZIP, full.toByteArray())).isEqualTo(rows(100));
    }

    /** The JDK's own gzip stream takes this for the end of the content. */
    @Example
    void aSourceThatFailsBehindAMemberFailsTheReading() throws Exception {
        byte[] packed = pack(Compression.GZIP, rows(100), Compression.UNKNOWN_SIZE);
        var failing =
                new InputStream() {
                    private final InputStream good = new ByteArrayInputStream(packed);

                    @Override
                    public int read() throws IOException {
                        int one = good.read();
                        if (one < 0) {
                            throw new IOException("reset");
                        }
                        return one;
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        buffer[offset] = (byte) read();
                        return 1;
                    }
                };

        var in = Compression.GZIP.decompressing("It", failing);

        assertThat(catchThrowableOfType(IOException.class, in::readAllBytes)).hasMessage("reset");
    }

    private static String program(Compression format) {
        return format == Compression.GZIP ? "gzip" : "zstd";
    }

    private static byte[] pack(Compression format, byte[] plain, long size) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = format.compressing(packed, size)) {
            for (int at = 0; at < plain.length; at += 50_001) {
                out.write(plain, at, Math.min(50_001, plain.length - at));
            }
            out.finish();
        }
        return packed.toByteArray();
    }

    private static byte[] unpack(Compression format, byte[] packed) throws IOException {
        try (var in = format.decompressing("It", new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    private static ProblemCode problem(Compression format, byte[] packed) throws IOException {
        try {
            unpack(format, packed);
            return null;
        } catch (StreamException thrown) {
            RecoveryException problem = thrown.recovery();
            return problem.code();
        }
    }

    private static boolean sameOrProblem(Compression format, byte[] packed, byte[] plain)
            throws IOException {
        try {
            return Arrays.equals(unpack(format, packed), plain);
        } catch (StreamException _) {
            return true;
        }
    }
}
