package dev.lifeboat.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds the files of a base against the list that its server made of them, as {@code
 * pg_verifybackup} does.
 *
 * <p>Source: PostgreSQL documentation, chapter "Backup Manifest Format".
 */
final class FileListCheck {
    private static final String CHECKSUM = "\"Manifest-Checksum\"";

    private final String id;
    private final BaseContents contents;
    private long files;

    FileListCheck(String id, BaseContents contents) {
        this.id = id;
        this.contents = contents;
    }

    /**
     * @return how many files agree
     * @throws RecoveryException OBJECT_DAMAGED at the first that does not, and when the list is
     *     missing, altered or cannot be read
     */
    long check() throws RecoveryException {
        byte[] list =
                contents.document(BaseContents.LIST)
                        .orElseThrow(() -> wrong("It has no " + BaseContents.LIST + "."));
        try (JsonParser parser = new JsonFactory().createParser(list)) {
            String checksum = "";
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String section = parser.currentName();
                parser.nextToken();
                if (section.equals("Files")) {
                    files(parser);
                } else if (section.equals("Manifest-Checksum")) {
                    checksum = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            checkList(list, checksum);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw wrong("Its " + BaseContents.LIST + " cannot be read.");
        }
        if (files == 0) {
            throw wrong("Its " + BaseContents.LIST + " names no file.");
        }
        return files;
    }

    /** The list's own checksum covers everything before its last line. */
    private void checkList(byte[] list, String checksum) throws RecoveryException {
        int end = new String(list, StandardCharsets.ISO_8859_1).lastIndexOf(CHECKSUM);
        if (end < 0 || !Sha256.of(list, 0, end).sha256().equalsIgnoreCase(checksum)) {
            throw wrong("Its " + BaseContents.LIST + " was altered.");
        }
    }

    private void files(JsonParser parser) throws IOException, RecoveryException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String path = null;
            String algorithm = "";
            String checksum = "";
            long size = -1;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "Path" -> path = parser.getText();
                    case "Encoded-Path" -> path = decoded(parser.getText());
                    case "Size" -> size = parser.getLongValue();
                    case "Checksum-Algorithm" -> algorithm = parser.getText();
                    case "Checksum" -> checksum = parser.getText();
                    default -> parser.skipChildren();
                }
            }
            compare(path, size, algorithm, checksum);
            files++;
        }
    }

    private static String decoded(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    private void compare(String path, long size, String algorithm, String checksum)
            throws RecoveryException {
        Optional<ContentDigest> found = contents.file(path);
        if (found.isEmpty()) {
            throw wrong("The file " + path + " is missing.");
        }
        if (found.get().sizeBytes() != size) {
            throw wrong(
                    path + " has " + found.get().sizeBytes() + " bytes instead of " + size + ".");
        }
        boolean comparable = algorithm.toUpperCase(Locale.ROOT).equals("SHA256");
        if (comparable && !found.get().sha256().equalsIgnoreCase(checksum)) {
            throw wrong("The file " + path + " has another SHA-256 than its server wrote down.");
        }
    }

    private RecoveryException wrong(String why) {
        return VerifyProblems.base(id, why);
    }
}
