package dev.lifeboat.retention;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The holds in the buckets, {@code records/hold/<day>/<id>.json}. A hold is set in both regions and
 * counts when either has it. Safe for many threads.
 */
public final class Holds {
    private static final String KIND = "hold";
    private static final String SUFFIX = ".json";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final RegionPair regions;
    private final String folder;

    public Holds(RegionPair regions, BackupKeys keys) {
        this.regions = regions;
        this.folder = keys.records(KIND);
    }

    /**
     * All of them, by id.
     *
     * @throws RecoveryException when some region cannot be asked, or holds a hold that cannot be
     *     read: what it covers is not known then, and nothing may be removed
     */
    public List<Hold> list(CancelToken cancel) throws RecoveryException {
        Map<String, Hold> byId = new TreeMap<>();
        for (Region region : regions.regions()) {
            for (String key : keys(region, cancel)) {
                Hold hold = read(region, key);
                byId.put(hold.id(), hold);
            }
        }
        return List.copyOf(byId.values());
    }

    /**
     * Stores the hold in every region.
     *
     * @throws RecoveryException when no region takes it. Where only one does the hold counts all
     *     the same
     */
    public void set(Hold hold) throws RecoveryException {
        String key = folder + Timestamps.day(hold.setAt()) + "/" + hold.id() + SUFFIX;
        StorageException refused = null;
        int taken = 0;
        for (Region region : regions.regions()) {
            try {
                region.store().put(key, ByteSource.of(document(hold)), PutOptions.plain());
                taken++;
            } catch (StorageException failure) {
                refused = failure;
            }
        }
        if (taken == 0) {
            throw refused;
        }
    }

    /**
     * Takes the hold away in every region.
     *
     * @throws RecoveryException USAGE when there is no such hold
     */
    public void release(String id, CancelToken cancel) throws RecoveryException {
        boolean found = false;
        for (Region region : regions.regions()) {
            for (String key : keys(region, cancel)) {
                if (key.endsWith("/" + id + SUFFIX)) {
                    region.store().delete(key);
                    found = true;
                }
            }
        }
        if (!found) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "There is no hold '" + id + "'.",
                    "No region has it.",
                    "`lifeboat hold list` shows those there are.");
        }
    }

    private List<String> keys(Region region, CancelToken cancel) throws RecoveryException {
        List<String> keys = new ArrayList<>();
        region.store()
                .list(
                        folder,
                        "",
                        object -> {
                            if (object.key().endsWith(SUFFIX)) {
                                keys.add(object.key());
                            }
                            return true;
                        },
                        cancel);
        return keys;
    }

    private static Hold read(Region region, String key) throws RecoveryException {
        try (ObjectStream body = region.store().get(key, ByteRange.whole(), null)) {
            return parse(MAPPER.readTree(body.readAllBytes()));
        } catch (IOException | DateTimeException | IllegalArgumentException unreadable) {
            throw new RecoveryException(
                    ProblemCode.OBJECT_DAMAGED,
                    "The hold " + region.store().name() + "/" + key + " cannot be read.",
                    "What it covers is not known, so nothing can be removed.",
                    "Look at it, then set it anew and release this one with `lifeboat hold`.",
                    unreadable);
        }
    }

    private static Hold parse(JsonNode document) {
        Optional<Hold.Period> period =
                document.hasNonNull("from")
                        ? Optional.of(
                                new Hold.Period(
                                        Instant.parse(document.path("from").asText()),
                                        Instant.parse(document.path("to").asText())))
                        : Optional.empty();
        return new Hold(
                document.path("id").asText(),
                Optional.ofNullable(document.path("backup").asText(null)),
                period,
                document.path("reason").asText(""),
                document.path("setBy").asText(""),
                Instant.parse(document.path("setAt").asText()));
    }

    private static byte[] document(Hold hold) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("id", hold.id());
        hold.backup().ifPresent(backup -> document.put("backup", backup));
        hold.period()
                .ifPresent(
                        period -> {
                            document.put("from", period.from().toString());
                            document.put("to", period.to().toString());
                        });
        document.put("reason", hold.reason());
        document.put("setBy", hold.setBy());
        document.put("setAt", hold.setAt().toString());
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("plain values are always JSON", impossible);
        }
    }
}
