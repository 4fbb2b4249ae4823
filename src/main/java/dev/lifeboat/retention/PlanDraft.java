package dev.lifeboat.retention;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.SegmentRuns;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.retention.RetentionPlan.ClassMove;
import dev.lifeboat.retention.RetentionPlan.Kept;
import dev.lifeboat.retention.RetentionPlan.Removal;
import dev.lifeboat.retention.RetentionPlan.Target;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.ArchivedWal;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.IndexObjects;
import dev.lifeboat.wal.index.BlockName;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns verdicts into the objects they concern. */
final class PlanDraft {
    /** Smaller objects cost more in a colder class than they save. */
    static final long SMALLEST_COLD_BYTES = 128 << 10;

    /** What is left for the next cleanup: a plan is held in memory. */
    private static final int MOST_WAL_OBJECTS = 100_000;

    private static final List<String> COLDER =
            List.of("STANDARD", "STANDARD_IA", "GLACIER", "DEEP_ARCHIVE");

    private final Catalog catalog;
    private final RegionPair backups;
    private final RegionPair wal;
    private final String prefix;
    private final CancelToken cancel;
    private final List<Removal> removals = new ArrayList<>();
    private final List<ClassMove> moves = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long keptObjects;
    private boolean walIsLeftForLater;

    PlanDraft(
            Catalog catalog,
            RegionPair backups,
            RegionPair wal,
            String prefix,
            CancelToken cancel) {
        this.catalog = catalog;
        this.backups = backups;
        this.wal = wal;
        this.prefix = prefix;
        this.cancel = cancel;
    }

    /** The objects of backups that go, oldest first; the manifests of one before its other ones. */
    void backups(List<Verdict> verdicts) throws RecoveryException {
        List<Verdict> oldestFirst =
                verdicts.stream()
                        .sorted(
                                Comparator.comparing(
                                        verdict -> verdict.entry().facts().startedAt()))
                        .toList();
        for (Verdict verdict : oldestFirst) {
            if (verdict.stays()) {
                keptObjects += objectsOf(verdict.entry());
                continue;
            }
            CatalogEntry entry = verdict.entry();
            if (isUploading(entry)) {
                notes.add("Uploads of " + entry.id() + " are open, so what there is of it stays.");
                continue;
            }
            List<Target> targets = new ArrayList<>();
            for (Region region : backups.regions()) {
                for (ObjectInfo object : catalog.objects(entry, region, cancel)) {
                    targets.add(target(region, object));
                }
            }
            targets.sort(Comparator.comparing(target -> !target.key().equals(entry.key())));
            removals.add(new Removal(entry.id(), false, verdict.why(), targets));
        }
    }

    private static int objectsOf(CatalogEntry entry) {
        return entry.regions().values().stream().mapToInt(presence -> presence.objects()).sum();
    }

    private boolean isUploading(CatalogEntry entry) throws RecoveryException {
        if (entry.status() != BackupStatus.UNFINISHED) {
            return false;
        }
        for (Region region : backups.regions()) {
            List<PendingUpload> open = catalog.uploads(entry, region);
            if (!open.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Fulls that are kept as something colder than they lie in; the last ones stay warm. */
    void moves(List<Verdict> verdicts, Judge judge) throws RecoveryException {
        for (Verdict verdict : verdicts) {
            CatalogEntry entry = verdict.entry();
            boolean movable =
                    entry.kind() == BackupKind.FULL
                            && entry.status() == BackupStatus.FINISHED
                            && !verdict.generations().isEmpty()
                            && judge.lastOne(entry).isEmpty();
            if (movable) {
                moves(entry, verdict.generations().iterator().next().storageClass());
            }
        }
    }

    private void moves(CatalogEntry entry, String storageClass) throws RecoveryException {
        for (Region region : backups.regions()) {
            for (ObjectInfo object : catalog.objects(entry, region, cancel)) {
                boolean warmer =
                        COLDER.contains(object.storageClass())
                                && COLDER.indexOf(object.storageClass())
                                        < COLDER.indexOf(storageClass);
                boolean data =
                        !object.key().equals(entry.key())
                                && object.sizeBytes() >= SMALLEST_COLD_BYTES;
                if (warmer && data && object.availability().isReadable()) {
                    moves.add(new ClassMove(target(region, object), storageClass));
                }
            }
        }
    }

    /** The WAL files of these segments, in all their forms and regions, oldest first. */
    void wal(Map<TimelineId, SegmentRuns> going, int segmentBytes) throws RecoveryException {
        Map<WalFileName, List<Target>> files =
                new TreeMap<>(Comparator.comparing(WalFileName::name));
        int[] objects = {0};
        for (Region region : wal.regions()) {
            region.store()
                    .list(
                            prefix + ArchivedWal.FOLDER,
                            "",
                            object -> {
                                Optional<WalFileName> file = going(object, going, segmentBytes);
                                if (file.isPresent() && objects[0] < MOST_WAL_OBJECTS) {
                                    objects[0]++;
                                    files.computeIfAbsent(file.get(), _ -> new ArrayList<>())
                                            .add(target(region, object));
                                } else {
                                    keptObjects++;
                                }
                                return true;
                            },
                            cancel);
        }
        files.forEach(
                (file, targets) ->
                        removals.add(
                                new Removal(
                                        file.name(),
                                        true,
                                        "no base that stays needs it",
                                        targets)));
        walIsLeftForLater = objects[0] == MOST_WAL_OBJECTS;
        if (walIsLeftForLater) {
            notes.add("There is more WAL to remove; the next cleanup goes on.");
        }
    }

    /** The blocks of the index that tell of segments which all went, or go now. */
    void walIndex(Map<TimelineId, SegmentRuns> going, WalLedger ledger) throws RecoveryException {
        if (walIsLeftForLater) {
            return;
        }
        Map<BlockName, List<Target>> blocks = new TreeMap<>();
        for (Region region : wal.regions()) {
            region.store()
                    .list(
                            prefix + IndexObjects.FOLDER,
                            "",
                            object -> {
                                IndexObjects.name(prefix, object.key())
                                        .flatMap(BlockName::parse)
                                        .filter(block -> isOver(block, going, ledger))
                                        .ifPresent(
                                                block ->
                                                        blocks.computeIfAbsent(
                                                                        block,
                                                                        _ -> new ArrayList<>())
                                                                .add(target(region, object)));
                                return true;
                            },
                            cancel);
        }
        blocks.forEach(
                (block, targets) ->
                        removals.add(
                                new Removal(
                                        IndexObjects.FOLDER + block,
                                        true,
                                        "the WAL it tells of is gone",
                                        targets)));
    }

    private static boolean isOver(
            BlockName block, Map<TimelineId, SegmentRuns> going, WalLedger ledger) {
        long from = block.block() * BlockName.SEGMENTS;
        return !ledger.mayHold(block.timeline(), from, from + BlockName.SEGMENTS, going);
    }

    private Optional<WalFileName> going(
            ObjectInfo object, Map<TimelineId, SegmentRuns> going, int segmentBytes) {
        Optional<WalFileName> file =
                ArchivedWal.parseKey(prefix, object.key()).map(ArchivedWal::file);
        return file.filter(
                name ->
                        segment(name, segmentBytes)
                                .filter(
                                        segment ->
                                                going.getOrDefault(
                                                                segment.timeline(),
                                                                SegmentRuns.none())
                                                        .contains(segment.number()))
                                .isPresent());
    }

    private static Optional<WalSegment> segment(WalFileName file, int segmentBytes) {
        return switch (file) {
            case WalFileName.Segment segment -> segment.segment(segmentBytes);
            case WalFileName.Partial partial -> partial.segment(segmentBytes);
            case WalFileName.BackupHistory note -> note.segment(segmentBytes);
            case WalFileName.History _, WalFileName.Other _ -> Optional.empty();
        };
    }

    private static Target target(Region region, ObjectInfo object) {
        return new Target(
                region.role(),
                object.key(),
                object.etag(),
                object.sizeBytes(),
                object.storageClass());
    }

    RetentionPlan plan(
            List<Verdict> verdicts, RecoveryTimeline before, RetentionPlan.Window after) {
        notes.addAll(before.notes());
        return new RetentionPlan(
                removals,
                moves,
                verdicts.stream()
                        .filter(Verdict::stays)
                        .map(v -> new Kept(v.entry(), v.generations(), v.why()))
                        .toList(),
                keptObjects,
                BasePromises.window(before),
                after,
                notes);
    }
}
