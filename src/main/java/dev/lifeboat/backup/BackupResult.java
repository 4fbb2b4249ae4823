package dev.lifeboat.backup;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A backup that is complete.
 *
 * @param key of its manifest
 * @param region where it lies
 * @param diverted why it does not lie in the primary region; it is not safe then
 * @param warnings what the operator should know, full sentences; often none
 */
public record BackupResult(
        String id,
        BackupKind kind,
        String key,
        Region.Role region,
        long plainBytes,
        long storedBytes,
        double seconds,
        Optional<Problem> diverted,
        List<String> warnings) {
    public BackupResult {
        warnings = List.copyOf(warnings);
    }

    /** The same with one more thing to know. */
    BackupResult warning(String sentence) {
        return new BackupResult(
                id,
                kind,
                key,
                region,
                plainBytes,
                storedBytes,
                seconds,
                diverted,
                Stream.concat(warnings.stream(), Stream.of(sentence)).toList());
    }
}
