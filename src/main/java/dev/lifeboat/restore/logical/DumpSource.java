package dev.lifeboat.restore.logical;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.pipeline.ContentKind;
import dev.lifeboat.postgres.DumpHeader;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The dump that is restored, and what is known of it before it is read to its end.
 *
 * @param id of the backup; of a local file its name
 * @param location the object's key, or the absolute path of a local file
 * @param local whether it is a file of this machine
 * @param manifest empty for what another tool made
 * @param manifestKey empty without manifest
 * @param manifestSha256 of the stored manifest; empty without
 * @param storedBytes of the dump alone
 * @param plainBytes of the dump before it was encrypted, where that is known
 * @param copies without a manifest what tells each copy from another: its ETag by the name of its
 *     store; the time a file was changed by its path
 * @param takenAt when the backup began, or what name and listing say
 * @param layers what is around the content, the outermost first
 * @param content {@code CUSTOM_DUMP} or {@code TEXT}, which is SQL
 * @param header what a custom dump says of itself
 */
public record DumpSource(
        String id,
        String location,
        boolean local,
        Optional<Manifest> manifest,
        Optional<String> manifestKey,
        Optional<String> manifestSha256,
        long storedBytes,
        OptionalLong plainBytes,
        Map<String, String> copies,
        Instant takenAt,
        List<ContentKind> layers,
        ContentKind content,
        Optional<DumpHeader> header) {
    private static final String GLOBALS = "globals";

    public DumpSource {
        copies = Map.copyOf(copies);
        layers = List.copyOf(layers);
    }

    /** Whether it is SQL for psql, not an archive for pg_restore. */
    public boolean holdsSql() {
        return content == ContentKind.TEXT;
    }

    /** The stored dump as its manifest describes it. */
    public Optional<Manifest.StoredObject> object() {
        return manifest.flatMap(
                known ->
                        known.objects().stream()
                                .filter(each -> each.key().equals(location))
                                .findFirst());
    }

    /** The roles of the cluster the dump was made in. */
    public Optional<Manifest.StoredObject> globals() {
        return manifest.flatMap(
                known ->
                        known.objects().stream()
                                .filter(each -> each.role().equals(GLOBALS))
                                .findFirst());
    }

    /** How many bytes it takes on disk, decrypted and unpacked; a guess where nobody knows. */
    public long spoolBytes() {
        return plainBytes.orElse(storedBytes);
    }

    /** To begin a sentence with. */
    public String title() {
        return local ? "File " + location : "Backup " + id;
    }
}
