package dev.lifeboat.restore.place;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Compares the new data directory with the list of files that the server itself made of the backup:
 * each must be there and have its size. The list is read as a stream.
 *
 * <p>A server replays over a missing relation file without a word, so this comes before its start.
 *
 * <p>Source: PostgreSQL documentation, chapter "Backup Manifest Format".
 */
final class BackupManifestCheck {
    static final String FILE = "backup_manifest";
    private final StreamRoot root;
    private long files;

    BackupManifestCheck(Path dataDirectory) {
        this.root = new StreamRoot(dataDirectory);
    }

    /**
     * Checks every file of the list.
     *
     * @return how many there are
     * @throws RecoveryException BACKUP_INCOMPLETE when the list or one of its files is missing, has
     *     another size, or the list cannot be read to its end
     */
    long check() throws RecoveryException {
        Path manifest = root.directory().resolve(FILE);
        try (var parser = new JsonFactory().createParser(manifest.toFile())) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
            boolean ended = false;
            for (JsonToken token = parser.nextToken();
                    token != JsonToken.END_OBJECT;
                    token = parser.nextToken()) {
                require(token == JsonToken.FIELD_NAME, "it ends early");
                String section = parser.currentName();
                parser.nextToken();
                if (section.equals("Files")) {
                    files(parser);
                } else {
                    ended |= section.equals("Manifest-Checksum");
                    parser.skipChildren();
                }
            }
            require(ended, "it ends early");
            require(files > 0, "it lists no file");
            return files;
        } catch (JsonParseException broken) {
            throw unreadable("it is no JSON: " + broken.getOriginalMessage());
        } catch (NoSuchFileException | java.io.FileNotFoundException missing) {
            throw unreadable("it is not in the base");
        } catch (IOException failed) {
            throw FileProblem.of("The list of files could not be read", manifest, failed);
        }
    }

    private void files(JsonParser parser) throws IOException, RecoveryException {
        require(parser.currentToken() == JsonToken.START_ARRAY, "its list of files is none");
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            entry(parser);
            files++;
        }
        require(parser.currentToken() == JsonToken.END_ARRAY, "its list of files ends early");
    }

    private void entry(JsonParser parser) throws IOException, RecoveryException {
        String path = null;
        long size = -1;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "Path" -> path = parser.getText();
                case "Encoded-Path" -> path = decoded(parser.getText());
                case "Size" -> size = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
        require(path != null && size >= 0, "an entry lacks path or size");
        compare(path, size);
    }

    private void compare(String path, long size) throws RecoveryException {
        Path file = root.place(path);
        try {
            long found = Files.size(file);
            if (found != size) {
                throw incomplete(path + " has " + found + " bytes instead of " + size);
            }
        } catch (NoSuchFileException missing) {
            throw incomplete(path + " is missing");
        } catch (IOException failed) {
            throw FileProblem.of("The file could not be checked", file, failed);
        }
    }

    private static String decoded(String hex) throws RecoveryException {
        try {
            return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notHex) {
            throw unreadable("a path is not encoded as it should be");
        }
    }

    private static void require(boolean condition, String otherwise) throws RecoveryException {
        if (!condition) {
            throw unreadable(otherwise);
        }
    }

    private static RecoveryException unreadable(String why) {
        return incomplete("of its list of files, " + FILE + ", it must be said that " + why);
    }

    private static RecoveryException incomplete(String why) {
        return new RecoveryException(
                ProblemCode.BACKUP_INCOMPLETE,
                "The base is not whole, so no server is started on it.",
                "Compared with the list of files that the source made: " + why + ".",
                "Choose another base, and verify this one with: lifeboat verify ID --level"
                        + " readable.");
    }
}
