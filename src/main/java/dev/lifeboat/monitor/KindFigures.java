package dev.lifeboat.monitor;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.kernel.Problem;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The newest usable backup of one kind, and how the kind stands.
 *
 * @param id of the newest usable one; empty when there is none
 * @param startedAt of the newest usable one
 * @param finishedAt the same
 * @param age since it was begun
 * @param plainBytes before compression and encryption
 * @param authenticated whether the key known now is the one its manifest was made with
 * @param shut why no key known now opens the newest usable one; empty when one does, or nobody
 *     could tell
 * @param verified the newest good proof, at level readable or better, of any backup of the kind
 * @param restored the same at level restored
 * @param count usable backups of the kind
 * @param failures recorded ones of the kind; empty when the records could not be listed
 */
public record KindFigures(
        BackupKind kind,
        Optional<String> id,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Duration> age,
        OptionalLong plainBytes,
        long storedBytes,
        boolean authenticated,
        Optional<Problem> shut,
        Optional<Verification> verified,
        Optional<Verification> restored,
        int count,
        OptionalLong failures) {}
