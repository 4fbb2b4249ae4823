package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

class DumpHeaderTest {
    @Test
    void tellsWhatADumpWasMadeOfAndBy() {
        byte[] head = head(14, "16.2", "17.1 (Debian 17.1-1)");

        DumpHeader header = DumpHeader.read(head, head.length).orElseThrow();

        assertThat(header.archiveVersion()).isEqualTo("1.14");
        assertThat(header.database()).contains("shop");
        assertThat(header.server()).contains(PgVersion.of(16, 2));
        assertThat(header.neededProgram()).contains(PgVersion.of(17, 1));
    }

    @Test
    void readsTheNewerFormThatNamesItsCompression() {
        byte[] head = head(16, "18.0", "18.0");

        assertThat(DumpHeader.read(head, head.length).orElseThrow().database()).contains("shop");
    }

    @Test
    void knowsNothingOfWhatIsCutOffOrNoDump() {
        byte[] head = head(14, "15.1", "15.1");

        assertThat(DumpHeader.read(head, 30)).isEmpty();
        assertThat(DumpHeader.read("-- PostgreSQL".getBytes(StandardCharsets.UTF_8), 13)).isEmpty();
    }

    /** As pg_dump's WriteHead writes it. */
    private static byte[] head(int minor, String server, String program) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {1, (byte) minor, 0, 4, 8, 1});
        if (minor < 15) {
            integer(out, -1);
        } else {
            out.write(1);
        }
        for (int i = 0; i < 7; i++) {
            integer(out, i);
        }
        for (String text : new String[] {"shop", server, program}) {
            integer(out, text.length());
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static void integer(ByteArrayOutputStream out, int value) {
        out.write(value < 0 ? 1 : 0);
        int size = Math.abs(value);
        for (int i = 0; i < 4; i++) {
            out.write(size >>> (8 * i) & 0xff);
        }
    }
}
