package dev.lifeboat.storage.folder;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectInfo.Availability;
import dev.lifeboat.storage.PutOptions;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** What is kept of an object beside its bytes. */
record FolderSidecar(String etag, String storageClass, Map<String, String> metadata) {
    private static final String METADATA = "metadata.";

    static FolderSidecar of(String etag, PutOptions options) {
        return new FolderSidecar(etag, options.storageClass(), options.metadata());
    }

    /** The sidecar of just this content, or what can be said without one. */
    static FolderSidecar read(Path sidecars, BasicFileAttributes file) throws IOException {
        try (Reader in =
                Files.newBufferedReader(sidecars.resolve(name(file)), StandardCharsets.UTF_8)) {
            return parse(in);
        } catch (NoSuchFileException | NotDirectoryException _) {
            String etag =
                    Sha256.of((file.fileKey() + name(file)).getBytes(StandardCharsets.UTF_8))
                            .sha256();
            return new FolderSidecar(etag.substring(0, 32), ObjectInfo.STANDARD, Map.of());
        }
    }

    static FolderSidecar parse(Reader in) throws IOException {
        Properties properties = new Properties();
        properties.load(in);
        Map<String, String> metadata = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), properties.getProperty(name));
            }
        }
        return new FolderSidecar(
                properties.getProperty("etag", ""),
                properties.getProperty("class", ObjectInfo.STANDARD),
                Map.copyOf(metadata));
    }

    String format() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("etag", etag);
        properties.setProperty("class", storageClass);
        metadata.forEach((name, value) -> properties.setProperty(METADATA + name, value));
        StringWriter out = new StringWriter();
        properties.store(out, null);
        return out.toString();
    }

    /** Ties a sidecar to the file it belongs to. */
    static String name(BasicFileAttributes file) {
        return file.size() + "-" + file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    /** Removes the sidecars of other contents; all of them when there is no file. */
    static void removeOthers(Path sidecars, String keep) throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(sidecars, Files::isRegularFile)) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(keep)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            // there are none
        }
    }

    ObjectInfo describe(String key, BasicFileAttributes file) {
        return new ObjectInfo(
                key,
                file.size(),
                etag,
                file.lastModifiedTime().toInstant(),
                storageClass,
                metadata,
                Availability.AVAILABLE);
    }
}
