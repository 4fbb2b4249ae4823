package dev.lifeboat.restore;

import com.fasterxml.jackson.databind.JsonNode;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps the records of restores in the bucket of every region of the plan: the machine that was
 * restored on may be gone when somebody asks. A region that does not take it is told in the
 * journal; the restore is none the worse.
 *
 * @param keys where records lie
 */
public record RecordKeeper(RegionPair regions, BackupKeys keys) {
    private static final String KIND = "restore";

    /** The key of a record: of a later end of the same restore it is the same. */
    public String key(String id, Instant startedAt) {
        return keys.records(KIND) + Timestamps.day(startedAt) + "/" + id + ".json";
    }

    /** Where it is told which regions keep a record, and which do not. */
    public interface Notes {
        void note(String event, Map<String, ?> fields) throws RecoveryException;
    }

    /**
     * Keeps it in each region that takes it.
     *
     * @param record from {@link RestoreRecord}
     */
    public void keep(String id, Instant startedAt, JsonNode record, Notes notes)
            throws RecoveryException {
        byte[] bytes = RestoreRecord.bytes(record);
        String key = key(id, startedAt);
        List<String> kept = new ArrayList<>();
        for (Region region : regions.regions()) {
            try {
                region.store().put(key, ByteSource.of(bytes), PutOptions.plain());
                kept.add(region.name());
            } catch (RecoveryException refused) {
                notes.note(
                        "record-not-kept",
                        Map.of("region", region.name(), "why", refused.problem().what()));
            }
        }
        notes.note("record-kept", Map.of("key", key, "regions", kept));
    }
}
