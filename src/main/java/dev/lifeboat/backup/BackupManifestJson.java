package dev.lifeboat.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the server's {@code backup_manifest} while it passes, in pieces of any size, and keeps only
 * what is small: the WAL the backup needs. The list of files may be hundreds of megabytes.
 *
 * <p>Source: PostgreSQL documentation, chapter "Backup Manifest Format".
 */
final class BackupManifestJson {
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private final List<WalRange> ranges = new ArrayList<>();
    private int depth;
    private String section = "";
    private String field = "";
    private long timeline;
    private Lsn start;
    private Lsn end;
    private long files;
    private String systemIdentifier = "";

    /** WAL that must be replayed to make the backup consistent. */
    record WalRange(long timeline, Lsn start, Lsn end) {}

    BackupManifestJson() throws RecoveryException {
        try {
            parser = new JsonFactory().createNonBlockingByteArrayParser();
            feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
        } catch (IOException impossible) {
            throw damaged(impossible);
        }
    }

    /**
     * @throws RecoveryException BACKUP_FAILED when it is no backup manifest
     */
    void pass(byte[] bytes, int offset, int length) throws RecoveryException {
        try {
            feeder.feedInput(bytes, offset, offset + length);
            readTokens();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw damaged(unreadable);
        }
    }

    /**
     * To be called at the manifest's end.
     *
     * @throws RecoveryException BACKUP_FAILED when it is not whole or names no WAL
     */
    void finish() throws RecoveryException {
        try {
            feeder.endOfInput();
            readTokens();
            parser.close();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw damaged(unreadable);
        }
        if (depth != 0 || ranges.isEmpty()) {
            throw damaged(null);
        }
    }

    /** One for each timeline the backup ran through, in order; one where nobody was promoted. */
    List<WalRange> ranges() {
        return List.copyOf(ranges);
    }

    /** How many files it lists. */
    long files() {
        return files;
    }

    /** Empty before version 17, which began to name it. */
    String systemIdentifier() {
        return systemIdentifier;
    }

    private void readTokens() throws IOException {
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            read(token);
            token = parser.nextToken();
        }
    }

    private void read(JsonToken token) throws IOException {
        if (token.isStructStart()) {
            depth++;
            return;
        }
        if (token.isStructEnd()) {
            depth--;
            if (token == JsonToken.END_OBJECT && depth == 2) {
                endOfEntry();
            }
            return;
        }
        if (token == JsonToken.FIELD_NAME) {
            field = parser.currentName();
            section = depth == 1 ? field : section;
            return;
        }
        value();
    }

    private void value() throws IOException {
        if (depth == 1 && field.equals("System-Identifier")) {
            systemIdentifier = parser.getText();
        }
        if (depth == 3 && section.equals("WAL-Ranges")) {
            switch (field) {
                case "Timeline" -> timeline = parser.getLongValue();
                case "Start-LSN" -> start = Lsn.parse(parser.getText());
                case "End-LSN" -> end = Lsn.parse(parser.getText());
                default -> {
                    // A later version may say more.
                }
            }
        }
    }

    private void endOfEntry() {
        if (section.equals("Files")) {
            files++;
        } else if (section.equals("WAL-Ranges")) {
            if (timeline < 1 || start == null || end == null) {
                throw new IllegalArgumentException("a WAL range lacks timeline, start or end");
            }
            ranges.add(new WalRange(timeline, start, end));
            timeline = 0;
            start = null;
            end = null;
        }
    }

    private static RecoveryException damaged(Exception cause) {
        return new RecoveryException(
                ProblemCode.BACKUP_FAILED,
                "The server's backup_manifest cannot be read.",
                cause == null
                        ? "It ends early, or does not say which WAL the backup needs."
                        : "It is not the JSON document it should be.",
                "Look for an error of pg_basebackup in the log of this backup, then take it again.",
                cause);
    }
}
