package dev.lifeboat.restore.logical;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A script on its way to psql, stopped before a line that would reach outside the database it is
 * restored into: psql's own commands ({@code \connect} would go on in the live database), and
 * statements about databases, roles, tablespaces or the server. A dump that ends without the line
 * pg_dump ends with is told as truncated. Used by one thread.
 *
 * <p>Problems come in a {@link StreamException}: {@code SCRIPT_REFUSED}, {@code OBJECT_TRUNCATED}.
 *
 * <p>Source: PostgreSQL documentation, psql, "Meta-Commands"; src/bin/pg_dump/pg_backup_archiver.c,
 * RestoreArchive, for first and last lines.
 */
public final class SqlGuard extends FilterInputStream {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int LOOKED_AT = 2048;

    /** What newer programs put around a dump so that it can run no commands of psql. */
    private static final Set<String> HARMLESS = Set.of("\\restrict", "\\unrestrict", "\\.");

    private static final Pattern OUTSIDE =
            Pattern.compile(
                    "\\s*(?:(?:CREATE|ALTER|DROP)\\s+(?:DATABASE|ROLE|GROUP|TABLESPACE|SYSTEM"
                            + "|USER(?!\\s+MAPPING))\\b|COMMENT\\s+ON\\s+(?:DATABASE|ROLE|TABLESPACE)\\b"
                            + "|(?:GRANT|REVOKE)\\b.*\\sON\\s+(?:DATABASE|TABLESPACE)\\b).*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String COPY = "COPY ";
    private static final String FROM_STDIN = "FROM stdin;";
    private static final String FIRST = "-- PostgreSQL database dump";
    private static final String LAST = "-- PostgreSQL database dump complete";
    private static final String END_OF_ROWS = "\\.";

    private final String name;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int looked;
    private int end;
    private boolean sourceEnded;
    private boolean insideLongLine;
    private boolean inRows;
    private boolean ofPgDump;
    private boolean complete;
    private long line;

    /**
     * @param name what the script is, to begin a sentence with
     */
    public SqlGuard(String name, InputStream script) {
        super(script);
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (start == looked) {
            if (sourceEnded && end == looked) {
                requireComplete();
                return -1;
            }
            look();
        }
        int count = Math.min(length, looked - start);
        System.arraycopy(buffer, start, target, offset, count);
        start += count;
        return count;
    }

    /** Looks at more lines, reading on when none is whole. */
    private void look() throws IOException {
        for (int i = looked; i < end; i++) {
            if (buffer[i] == '\n') {
                line(looked, i);
                looked = i + 1;
            }
        }
        if (looked > start) {
            return;
        }
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        looked = 0;
        if (sourceEnded || end == buffer.length) {
            line(0, end);
            insideLongLine = !sourceEnded;
            looked = end;
            return;
        }
        int count = in.read(buffer, end, buffer.length - end);
        sourceEnded = count < 0;
        end += Math.max(0, count);
    }

    private void line(int from, int to) throws IOException {
        if (insideLongLine) {
            insideLongLine = false;
            return;
        }
        line++;
        if (inRows) {
            inRows = !(to - from == 2 && text(from, to).equals(END_OF_ROWS));
            return;
        }
        if (to == from) {
            return;
        }
        String text = text(from, to).stripTrailing();
        ofPgDump |= text.equals(FIRST);
        complete |= text.equals(LAST);
        if ((text.startsWith("\\") && !HARMLESS.contains(text.split("\\s", 2)[0]))
                || OUTSIDE.matcher(text).matches()) {
            throw new StreamException(refused(text));
        }
        inRows = text.startsWith(COPY) && text.endsWith(FROM_STDIN);
    }

    private String text(int from, int to) {
        return new String(buffer, from, Math.min(to - from, LOOKED_AT), StandardCharsets.UTF_8);
    }

    private void requireComplete() throws IOException {
        if (ofPgDump && !complete) {
            throw new StreamException(
                    new RecoveryException(
                            ProblemCode.OBJECT_TRUNCATED,
                            name + " is cut off.",
                            "The script ends without the line that pg_dump ends with, although"
                                    + " every stored byte is there: the program that wrote it was"
                                    + " stopped.",
                            "Choose another backup; lifeboat catalog --kind full shows what there"
                                    + " is."));
        }
    }

    /** The words alone: what follows may hold a password. */
    private RecoveryException refused(String text) {
        String[] words = text.strip().split("\\s+", 3);
        return new RecoveryException(
                ProblemCode.SCRIPT_REFUSED,
                name + " reaches outside the database it is restored into.",
                "Line "
                        + line
                        + " begins with '"
                        + words[0]
                        + (words.length > 1 && !words[0].startsWith("\\") ? " " + words[1] : "")
                        + "', which would act on another database or on the whole server.",
                "Take dumps without --create and --clean (pg_dump -Fc); this one can be restored by"
                        + " hand on a server of its own.");
    }
}
