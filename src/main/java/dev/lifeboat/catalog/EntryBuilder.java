package dev.lifeboat.catalog;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.storage.Region;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Puts one backup's entry together from what the regions have of it. */
final class EntryBuilder {
    private static final int IDENTITY_DIGITS = 16;

    private final BackupPlace place;
    private final Map<Region.Role, BackupObjects> there;
    private final Map<Region.Role, Problem> unreachable;

    /**
     * @param there the regions that were listed
     * @param unreachable the others of the choice
     */
    EntryBuilder(
            BackupPlace place,
            Map<Region.Role, BackupObjects> there,
            Map<Region.Role, Problem> unreachable) {
        this.place = place;
        this.there = there;
        this.unreachable = unreachable;
    }

    /** A backup with a good manifest. */
    CatalogEntry finished(ManifestFound found) {
        Manifest manifest = found.manifest().orElseThrow();
        var judge = new PresenceJudge(place, there);
        Optional<Problem> missing = judge.unobtainable(manifest);
        return new CatalogEntry(
                place.id(),
                place.kind(),
                BackupStatus.FINISHED,
                place.manifestKey(),
                factsOf(found, manifest),
                found.authenticated(),
                presences(
                        role ->
                                judge.judge(
                                        role,
                                        manifest,
                                        Optional.ofNullable(found.faults().get(role)))),
                missing.isEmpty(),
                Optional.empty(),
                missing.map(this::mentioningSilence).or(found::problem));
    }

    private CatalogEntry.Facts factsOf(ManifestFound found, Manifest manifest) {
        return new CatalogEntry.Facts(
                found.sha256().substring(0, IDENTITY_DIGITS),
                Optional.ofNullable(manifest.systemIdentifier()),
                Optional.ofNullable(manifest.database()),
                manifest.startedAt(),
                Optional.of(manifest.finishedAt()),
                OptionalLong.of(manifest.plainBytes()),
                manifest.storedBytes(),
                Optional.of(manifest.encryption().keyFingerprint()),
                storageClass(),
                Optional.ofNullable(manifest.base()));
    }

    /** A backup whose manifest is there and cannot be used. */
    CatalogEntry unreadable(ManifestFound found) {
        Problem problem = found.problem().orElseThrow();
        return new CatalogEntry(
                place.id(),
                place.kind(),
                found.status(),
                place.manifestKey(),
                factsOfListing("", Optional.empty()),
                false,
                presences(role -> something(role, found.faults().getOrDefault(role, problem))),
                false,
                Optional.empty(),
                Optional.of(problem));
    }

    /** Objects, or uploads alone, of a backup whose tool would have written a manifest. */
    CatalogEntry unfinished() {
        Problem problem =
                mentioningSilence(
                        new Problem(
                                ProblemCode.BACKUP_INCOMPLETE,
                                "Backup " + place.id() + " is not finished.",
                                "There is no manifest, which is written last: it is still being"
                                        + " taken, or was interrupted.",
                                "Wait for it to end, or take a new one with `lifeboat backup "
                                        + place.kind().word()
                                        + "`."));
        return new CatalogEntry(
                place.id(),
                place.kind(),
                BackupStatus.UNFINISHED,
                place.stem(),
                factsOfListing("", Optional.empty()),
                false,
                presences(role -> something(role, problem)),
                false,
                Optional.empty(),
                Optional.of(problem));
    }

    /** One object of a tool that writes no manifest. */
    CatalogEntry withoutManifest() {
        long size = preferred().storedBytes();
        return new CatalogEntry(
                place.id(),
                place.kind(),
                BackupStatus.NO_MANIFEST,
                place.stem(),
                factsOfListing(identity(preferred()), Optional.of(preferred().newest())),
                false,
                presences(role -> alone(role, size)),
                size > 0,
                Optional.empty(),
                size > 0 ? Optional.empty() : Optional.of(empty()));
    }

    private CatalogEntry.Facts factsOfListing(String identity, Optional<Instant> finishedAt) {
        Instant newest =
                there.values().stream()
                        .map(BackupObjects::newest)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
        return new CatalogEntry.Facts(
                identity,
                Optional.empty(),
                place.database(),
                place.time().orElse(newest.isBefore(Instant.EPOCH) ? Instant.EPOCH : newest),
                finishedAt,
                OptionalLong.empty(),
                there.values().stream().mapToLong(BackupObjects::storedBytes).max().orElse(0),
                Optional.empty(),
                storageClass(),
                Optional.empty());
    }

    private static String identity(BackupObjects objects) {
        String content = objects.etag() + "\n" + objects.storedBytes();
        return Sha256.of(content.getBytes(StandardCharsets.UTF_8))
                .sha256()
                .substring(0, IDENTITY_DIGITS);
    }

    /** The first region that has anything of it. */
    private BackupObjects preferred() {
        return there.values().stream()
                .filter(objects -> objects.count() > 0)
                .findFirst()
                .orElseGet(BackupObjects::new);
    }

    private String storageClass() {
        return preferred().storageClass();
    }

    private Map<Region.Role, BackupPresence> presences(
            Function<Region.Role, BackupPresence> judge) {
        Map<Region.Role, BackupPresence> presences = new EnumMap<>(Region.Role.class);
        there.keySet().forEach(role -> presences.put(role, judge.apply(role)));
        unreachable.forEach(
                (role, problem) ->
                        presences.put(
                                role,
                                new BackupPresence(
                                        RegionState.UNREACHABLE, 0, 0, Optional.of(problem))));
        return presences;
    }

    private BackupPresence something(Region.Role role, Problem problem) {
        BackupObjects objects = there.get(role);
        boolean nothing = objects.count() == 0 && objects.manifest().isEmpty();
        return new BackupPresence(
                nothing ? RegionState.MISSING : RegionState.DAMAGED,
                objects.count(),
                objects.count(),
                nothing ? Optional.empty() : Optional.of(problem));
    }

    private BackupPresence alone(Region.Role role, long sizeBytes) {
        BackupObjects objects = there.get(role);
        if (objects.count() == 0) {
            return new BackupPresence(RegionState.MISSING, 0, 1, Optional.empty());
        }
        return objects.storedBytes() == sizeBytes
                ? new BackupPresence(RegionState.PRESENT, 1, 1, Optional.empty())
                : new BackupPresence(
                        RegionState.DAMAGED,
                        0,
                        1,
                        Optional.of(
                                new Problem(
                                        ProblemCode.OBJECT_CHANGED,
                                        "The object " + place.stem() + " differs in " + role + ".",
                                        "It has "
                                                + objects.storedBytes()
                                                + " bytes there, and "
                                                + sizeBytes
                                                + " in the other region.",
                                        "Verify both copies: lifeboat verify "
                                                + place.stem()
                                                + " --level readable.")));
    }

    private Problem empty() {
        return new Problem(
                ProblemCode.OBJECT_TRUNCATED,
                "The object " + place.stem() + " is empty.",
                "The tool that made it failed before it wrote anything.",
                "Choose another backup; `lifeboat catalog` shows what there is.");
    }

    private Problem mentioningSilence(Problem problem) {
        return unreachable.isEmpty()
                ? problem
                : new Problem(
                        problem.code(),
                        problem.what(),
                        problem.why()
                                + " What "
                                + unreachable.keySet().iterator().next()
                                + " holds is not known: it did not answer.",
                        problem.remedy());
    }
}
