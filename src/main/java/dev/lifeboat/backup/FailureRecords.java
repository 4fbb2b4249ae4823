package dev.lifeboat.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.catalog.BackupFailure;
import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.RegionPair;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves a small record in the bucket for each backup that failed. The database that is backed up,
 * the host that does it and the one that watches are three machines: the bucket is the one place
 * all of them see.
 *
 * <p>When the record cannot be written either, nothing is said of it here: the silence that follows
 * is an alarm of its own.
 */
public final class FailureRecords {
    private static final Logger LOG = LoggerFactory.getLogger(FailureRecords.class);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final RegionPair regions;
    private final BackupKeys keys;
    private final Clock clock;

    /**
     * @param regions of the bucket of backups
     */
    public FailureRecords(RegionPair regions, BackupKeys keys, Clock clock) {
        this.regions = regions;
        this.keys = keys;
        this.clock = clock;
    }

    /** Everything that can make a backup fail. */
    public interface Work<T> {
        T done() throws RecoveryException;
    }

    /**
     * Does the work; when it fails, whatever the cause, that is recorded before it is thrown on.
     *
     * @param database its name, for the record's
     */
    public <T> T noting(BackupKind kind, String database, Work<T> work) throws RecoveryException {
        BackupFailure failure = BackupFailure.of(kind, database, clock.instant());
        try {
            return work.done();
        } catch (RecoveryException failed) {
            store(failure, failed.problem());
            throw failed;
        } catch (RuntimeException | Error unknown) {
            store(
                    failure,
                    new Problem(
                            ProblemCode.UNEXPECTED,
                            "The backup broke down.",
                            "It met " + unknown.getClass().getSimpleName() + ".",
                            "Look at the log, then take it again."));
            throw unknown;
        }
    }

    /**
     * Records a backup whose process was gone before it could say anything. One that had its
     * manifest by then is whole, and no failure.
     */
    void gone(String id) {
        Optional<BackupFailure> failure = BackupFailure.ofId(id);
        if (failure.isPresent() && isUnfinished(failure.get())) {
            store(
                    failure.get(),
                    new Problem(
                            ProblemCode.INTERRUPTED,
                            "The backup was not finished.",
                            "Its process was gone: killed, or the machine went down.",
                            "Take it again: lifeboat backup " + failure.get().kind().word() + "."));
        }
    }

    private boolean isUnfinished(BackupFailure failure) {
        try {
            return regions.provenAbsent(keys.manifest(failure.kind(), failure.id(), failure.at()));
        } catch (RecoveryException unknown) {
            LOG.warn("Whether {} was finished is not known.", failure.id(), unknown);
            return false;
        }
    }

    private void store(BackupFailure failure, Problem problem) {
        try {
            regions.put(
                    failure.key(keys),
                    ByteSource.of(document(failure, problem)),
                    PutOptions.plain());
        } catch (RecoveryException unrecorded) {
            LOG.warn("The failure of {} is not recorded in the bucket.", failure.id(), unrecorded);
        }
    }

    private static byte[] document(BackupFailure failure, Problem problem) {
        Map<String, String> document = new LinkedHashMap<>();
        document.put("backup", failure.id());
        document.put("kind", failure.kind().word());
        document.put("at", failure.at().toString());
        document.put("code", problem.code().name());
        document.put("what", problem.what());
        document.put("why", problem.why());
        document.put("remedy", problem.remedy());
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("plain values are always JSON", impossible);
        }
    }
}
