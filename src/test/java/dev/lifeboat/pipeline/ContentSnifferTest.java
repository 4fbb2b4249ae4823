package dev.lifeboat.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.crypto.Programs;

import net.jqwik.api.Example;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class ContentSnifferTest {
    @Example
    void knowsWhatTheProgramsWrite() throws Exception {
        byte[] text = "-- SQL\n".getBytes(StandardCharsets.UTF_8);
        var folder = Files.createTempDirectory("lifeboat");
        Files.write(folder.resolve("file"), text);

        byte[] tar = Programs.run(text, "tar", "-C", folder.toString(), "-cf", "-", "file");
        Files.delete(folder.resolve("file"));
        Files.delete(folder);

        assertThat(kind(tar)).isEqualTo(ContentKind.TAR);
        assertThat(kind(Programs.run(text, "gzip", "-c"))).isEqualTo(ContentKind.GZIP);
        assertThat(kind(Programs.run(text, "zstd", "-c"))).isEqualTo(ContentKind.ZSTD);
        assertThat(kind(Programs.openssl("k", text, "-pbkdf2"))).isEqualTo(ContentKind.ENCRYPTED);
    }

    @Example
    void knowsDumpsAndTexts() {
        assertThat(kind("PGDMP\1\16".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(ContentKind.CUSTOM_DUMP);
        assertThat(kind(utf8("--\n-- PostgreSQL database dump\n--\n\n")))
                .isEqualTo(ContentKind.TEXT);
        assertThat(kind(utf8("{\"name\": \"Ærøskøbing\"}"))).isEqualTo(ContentKind.TEXT);
        assertThat(kind(new byte[0])).isEqualTo(ContentKind.TEXT);
        assertThat(kind(Arrays.copyOf(utf8("naïve"), 3))).isEqualTo(ContentKind.TEXT);
    }

    @Example
    void aDumpInAnotherEncodingIsStillText() {
        String dump = "--\n-- PostgreSQL database dump\n--\n-- LATIN1: Grüße\n";
        byte[] latin = dump.getBytes(StandardCharsets.ISO_8859_1);

        assertThat(kind(latin)).isEqualTo(ContentKind.TEXT);
    }

    /** Source: PostgreSQL 15, access/xlog_internal.h, XLogLongPageHeaderData. */
    @Example
    void knowsASegmentByItsLongPageHeader() {
        ByteBuffer page = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        page.putShort((short) 0xd110).putShort((short) 2).putInt(1).putLong(0x0300_0000);
        page.putInt(0).putInt(0).putLong(7_300_000_000_000_000_001L);
        page.putInt(16 * 1024 * 1024).putInt(8192);

        assertThat(kind(page.array())).isEqualTo(ContentKind.WAL_SEGMENT);
        assertThat(kind(page.putShort(0, (short) 0x1234).array())).isEqualTo(ContentKind.UNKNOWN);
    }

    /**
     * Sixteen bytes are the least that a wrong key makes. About five in a million of such are text
     * in UTF-8 by chance, so the same noise is looked at each time, and the rate is held.
     */
    @Example
    void noiseIsAlmostNeverTakenForAnything() {
        var random = new Random(20_260_407);
        byte[] noise = new byte[16];
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(noise);
            if (kind(noise) != ContentKind.UNKNOWN) {
                taken.add(HexFormat.of().formatHex(noise));
            }
        }

        assertThat(taken).hasSizeLessThanOrEqualTo(5);
    }

    private static ContentKind kind(byte[] content) {
        return ContentSniffer.recognise(
                content, Math.min(content.length, ContentSniffer.HEAD_BYTES));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
