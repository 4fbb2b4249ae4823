package dev.lifeboat.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.catalog.VerifyRecordName;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.RegionPair;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Leaves the result of a verification in the bucket, where every catalog finds it. */
public final class VerifyRecord {
    private static final JsonMapper MAPPER = new JsonMapper();

    private VerifyRecord() {}

    /**
     * Stores the result.
     *
     * @throws RecoveryException when no region takes it; the verification holds all the same
     */
    public static void store(
            RegionPair regions,
            BackupKeys keys,
            CatalogEntry entry,
            VerifyReport report,
            Instant at)
            throws RecoveryException {
        var name =
                new VerifyRecordName(
                        entry.id(),
                        entry.facts().identity(),
                        new Verification(report.level(), at, report.ok()));
        regions.put(name.key(keys), ByteSource.of(document(report, at)), PutOptions.plain());
    }

    private static byte[] document(VerifyReport report, Instant at) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("backup", report.backup());
        document.put("level", report.level().word());
        document.put("at", at.toString());
        document.put("ok", report.ok());
        document.put("objects", report.objects());
        document.put("remembered", report.remembered());
        document.put("bytes", report.bytes());
        document.put("seconds", report.seconds());
        document.put("problems", report.problems().stream().map(VerifyRecord::told).toList());
        document.put("notes", report.notes());
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("plain values are always JSON", impossible);
        }
    }

    private static Map<String, String> told(Problem problem) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("code", problem.code().name());
        told.put("what", problem.what());
        told.put("why", problem.why());
        told.put("remedy", problem.remedy());
        return told;
    }
}
