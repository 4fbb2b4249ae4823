package dev.lifeboat.wal.archive;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The archive in the regions of a {@link RegionPair}, read with the keys of a ring. Neither is
 * closed here. One for a job: it remembers which region was unreachable a moment ago, and whether
 * the archive authenticates its files.
 */
public final class RegionWalArchive implements WalArchive {
    /** How long a region that did not answer is left alone. */
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private final RegionAnswers regions;
    private final WalCopyReader reader;
    private final WalListing listing;
    private final ArchiveTrust trust;

    /**
     * @param regions of the bucket that holds WAL
     * @param prefix the profile's, empty or ending with a slash
     */
    public RegionWalArchive(RegionPair regions, KeyRing keys, String prefix, WalTrust trust) {
        this.regions = new RegionAnswers(regions.regions(), OUTAGE);
        this.reader = new WalCopyReader(keys);
        this.listing = new WalListing(prefix);
        this.trust = new ArchiveTrust(trust, this.regions, listing);
    }

    @Override
    public Fetched fetch(WalFileName file, WalExpectation expected) throws CancelledException {
        try {
            var located = regions.all(region -> listing.copies(region, file));
            List<WalCopy> copies =
                    located.answers().values().stream()
                            .flatMap(List::stream)
                            .sorted(WalCopy.BEST_FIRST)
                            .toList();
            var failures = new LinkedHashMap<String, RecoveryException>();
            located.failures().forEach((role, failure) -> failures.put(role.toString(), failure));
            if (copies.isEmpty() && failures.isEmpty()) {
                return new Fetched.Absent(
                        file, regions.regions().stream().map(Region::role).toList());
            }
            return choose(file, copies, expected, failures);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException failure) {
            return new Fetched.Unknown(failure.problem(), false);
        }
    }

    @Override
    public WalInventory inventory(CancelToken cancel) throws RecoveryException {
        var listed = regions.all(region -> listing.inventory(region, cancel));
        cancel.check();
        if (listed.answers().isEmpty()) {
            throw listed.failures().values().iterator().next();
        }
        Map<Region.Role, Problem> unlisted =
                listed.failures().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        failure -> failure.getValue().problem()));
        return new WalInventory(List.copyOf(listed.answers().values()), unlisted);
    }

    @Override
    public ArchivedHistories histories(WalInventory inventory, CancelToken cancel)
            throws RecoveryException {
        var readable = new ArrayList<TimelineHistory>();
        var unreadable = new LinkedHashMap<TimelineId, Problem>();
        for (WalFileName.History history : inventory.histories()) {
            cancel.check();
            switch (fetch(history, WalExpectation.none())) {
                case Fetched.Found found ->
                        readable.add(
                                TimelineHistory.parse(
                                        history.timeline(),
                                        new String(found.content(), StandardCharsets.UTF_8)));
                case Fetched.Absent absent ->
                        unreadable.put(history.timeline(), removed(absent).problem());
                case Fetched.Unknown unknown ->
                        unreadable.put(history.timeline(), unknown.problem());
            }
        }
        return new ArchivedHistories(readable, unreadable);
    }

    private Fetched choose(
            WalFileName file,
            List<WalCopy> copies,
            WalExpectation expected,
            Map<String, RecoveryException> failures)
            throws RecoveryException {
        for (int i = 0; i < copies.size(); i++) {
            WalCopy copy = copies.get(i);
            try {
                WalCopyReader.Content content = read(copy, expected);
                for (WalCopy other : copies.subList(i + 1, copies.size())) {
                    compare(copy, content.digest, other, expected, failures);
                }
                return new Fetched.Found(
                        content.bytes,
                        copy,
                        content.authenticated,
                        failures.values().stream().map(RecoveryException::problem).toList());
            } catch (CancelledException | Conflict decisive) {
                throw decisive;
            } catch (RecoveryException failure) {
                failures.put(copy.name(), failure);
            }
        }
        return EveryCopyDamaged.isWhy(failures.values())
                ? new Fetched.Unknown(
                        EveryCopyDamaged.problem(file, copies, regions.regions(), failures), true)
                : new Fetched.Unknown(together(file, failures).problem(), false);
    }

    private WalCopyReader.Content read(WalCopy copy, WalExpectation expected)
            throws RecoveryException {
        return regions.one(
                copy.region(),
                _ -> {
                    WalCopyReader.Content content = reader.read(copy, expected);
                    if (!content.authenticated) {
                        trust.requireAccepted(copy);
                    }
                    return content;
                });
    }

    /** Passes when the other copy holds the same, or cannot tell because it is damaged itself. */
    private void compare(
            WalCopy chosen,
            ContentDigest digest,
            WalCopy other,
            WalExpectation expected,
            Map<String, RecoveryException> failures)
            throws RecoveryException {
        if (other.isCopyOf(chosen)) {
            return;
        }
        try {
            ContentDigest told =
                    regions.one(
                            other.region(),
                            _ -> {
                                var metadata = reader.digestToldBy(other);
                                return metadata.isPresent()
                                        ? metadata.get()
                                        : reader.read(other, expected).digest;
                            });
            if (!told.equals(digest)) {
                throw new Conflict(chosen, other);
            }
        } catch (CancelledException | Conflict decisive) {
            throw decisive;
        } catch (RecoveryException cannotTell) {
            failures.put(other.name(), cannotTell);
        }
    }

    /** Damage says more than unavailability. */
    private static RecoveryException together(
            WalFileName file, Map<String, RecoveryException> failures) {
        if (failures.size() == 1) {
            return failures.values().iterator().next();
        }
        RecoveryException telling =
                failures.values().stream()
                        .filter(failure -> !(failure instanceof StorageException))
                        .findFirst()
                        .orElse(failures.values().iterator().next());
        String why =
                failures.entrySet().stream()
                        .map(
                                failure ->
                                        failure.getKey()
                                                + ": "
                                                + failure.getValue().problem().what()
                                                + " "
                                                + failure.getValue().problem().why())
                        .collect(Collectors.joining(" "));
        return new RecoveryException(
                telling.code(),
                "No copy of " + file.name() + " can be used.",
                why,
                telling.problem().remedy());
    }

    private static RecoveryException removed(Fetched.Absent absent) {
        return new RecoveryException(
                ProblemCode.WAL_ABSENT,
                absent.file().name() + " was removed from the archive.",
                "It was listed a moment ago, and now no region holds it.",
                "See who cleans up the bucket, then try again.");
    }

    /** Two copies of one file, each whole, with different content. */
    private static final class Conflict extends RecoveryException {
        private static final long serialVersionUID = 1L;

        Conflict(WalCopy one, WalCopy other) {
            super(
                    ProblemCode.WAL_CONFLICT,
                    "The archive holds two different files named " + one.wal().file().name() + ".",
                    one.name() + " and " + other.name() + " are both whole and differ.",
                    "Two servers archived to one place: find out which one is meant, move the other"
                            + " object away, and give each cluster a prefix of its own"
                            + " (BACKUP_PREFIX).");
        }
    }
}
