package dev.lifeboat.verify;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupPresence;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.RegionState;
import dev.lifeboat.catalog.StreamFailure;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Proves backups, one at a time. For one thread; works with several of its own. */
public final class Verifier {
    private final Catalog catalog;
    private final VerifyContext context;

    public Verifier(Catalog catalog, VerifyContext context) {
        this.catalog = catalog;
        this.context = context;
    }

    /**
     * Verifies a listed backup.
     *
     * @param level LISTED, CHECKSUM or READABLE
     * @param again whether to read what was proven before, too
     * @param progress counts stored bytes
     * @throws RecoveryException what keeps it from being verified at all: {@code KEY_MISSING},
     *     {@code KEY_WRONG}, a manifest no region gives, a missing program. What is wrong with the
     *     backup is in the report
     */
    public VerifyReport verify(
            CatalogEntry entry,
            VerifyLevel level,
            boolean again,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException {
        Findings findings = new Findings();
        if (entry.status() == BackupStatus.MANIFEST_UNREAD) {
            throw new RecoveryException(entry.problem().orElseThrow());
        }
        if (!entry.status().isRestorable()) {
            findings.problem(
                    entry.problem()
                            .orElseGet(
                                    () ->
                                            VerifyProblems.notFinished(
                                                    entry.id(), entry.status().word())));
            return findings.report(entry.id(), level);
        }
        listed(entry, level, findings);
        if (level == VerifyLevel.LISTED) {
            entry.regions().values().forEach(region -> addObjects(findings, region.objects()));
        } else if (level == VerifyLevel.CHECKSUM) {
            checksum(entry, findings, again, progress, cancel);
        } else {
            readable(entry, findings, again, progress, cancel);
        }
        return findings.report(entry.id(), level);
    }

    private static void addObjects(Findings findings, int count) {
        for (int i = 0; i < count; i++) {
            findings.proven(0);
        }
    }

    /** A region that lacks the backup, or is silent, keeps it from being safe, not from use. */
    private static void listed(CatalogEntry entry, VerifyLevel level, Findings findings) {
        for (Map.Entry<Region.Role, BackupPresence> region : entry.regions().entrySet()) {
            RegionState state = region.getValue().state();
            if (state == RegionState.PRESENT) {
                continue;
            }
            var problem =
                    VerifyProblems.region(
                            entry.id(), region.getKey().toString(), region.getValue());
            boolean matters = state == RegionState.DAMAGED || !level.covers(VerifyLevel.READABLE);
            if (matters) {
                findings.problem(problem);
            } else {
                findings.note(problem.what() + " " + problem.why());
            }
        }
        if (!entry.obtainable()) {
            entry.problem().ifPresent(findings::problem);
        }
    }

    private void checksum(
            CatalogEntry entry,
            Findings findings,
            boolean again,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException {
        if (entry.status() == BackupStatus.NO_MANIFEST) {
            findings.note(
                    "There is no manifest to hold the bytes against; --level readable proves"
                            + " more.");
            return;
        }
        Manifest manifest = catalog.unauthenticatedManifest(entry);
        if (!entry.authenticated()) {
            findings.note(
                    "The manifest's own HMAC was not checked, since its key is not known here.");
        }
        List<Region> regions = there(entry);
        progress.setTotal(manifest.storedBytes() * regions.size());
        new ChecksumCheck(context, findings, again, progress, cancel).check(manifest, regions);
    }

    /** The regions that have something of it. */
    private List<Region> there(CatalogEntry entry) {
        return context.regions().regions().stream()
                .filter(region -> hasSomething(entry, region))
                .toList();
    }

    private static boolean hasSomething(CatalogEntry entry, Region region) {
        BackupPresence presence = entry.regions().get(region.role());
        return presence != null
                && presence.state() != RegionState.UNREACHABLE
                && presence.state() != RegionState.MISSING;
    }

    private void readable(
            CatalogEntry entry,
            Findings findings,
            boolean again,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException {
        progress.setTotal(entry.facts().storedBytes());
        var objects = new ReadableObjects(context, there(entry), findings, again, progress, cancel);
        if (entry.status() == BackupStatus.NO_MANIFEST) {
            objects.checkUnknown(
                    entry.key(), DecryptionKeys.anyOf(context.keys().get()).withOlderForms());
            return;
        }
        Manifest manifest = catalog.manifest(entry);
        DecryptionKeys keys = keys(manifest);
        if (manifest.kind() == BackupKind.BASE) {
            base(manifest, there(entry), keys, findings, again, progress, cancel);
            for (Manifest.StoredObject object : manifest.objects()) {
                if (object.stream() == null) {
                    objects.check(object, keys);
                }
            }
            return;
        }
        for (Manifest.StoredObject object : manifest.objects()) {
            objects.check(object, keys);
        }
    }

    private void base(
            Manifest manifest,
            List<Region> regions,
            DecryptionKeys keys,
            Findings findings,
            boolean again,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException {
        var base = new ReadableBase(context, regions, findings, progress, cancel);
        if (!again && base.isRemembered(manifest)) {
            manifest.objects().stream()
                    .filter(object -> object.stream() != null)
                    .forEach(_ -> findings.remembered());
            return;
        }
        try {
            base.check(manifest, keys);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException wrong) {
            findings.problem(wrong.problem());
        }
    }

    private DecryptionKeys keys(Manifest manifest) throws RecoveryException {
        return DecryptionKeys.certain(
                context.keys()
                        .get()
                        .require(
                                new KeyFingerprint(manifest.encryption().keyFingerprint()),
                                "Backup " + manifest.id()));
    }

    /**
     * Reads a local file that holds a backup of some kind to its end.
     *
     * @throws RecoveryException {@code BACKUP_UNKNOWN} when it cannot be opened, {@code
     *     KEY_MISSING}, a missing program
     */
    public VerifyReport verifyFile(Path file, Progress progress, CancelToken cancel)
            throws RecoveryException {
        Findings findings = new Findings();
        DecryptionKeys keys = DecryptionKeys.anyOf(context.keys().get()).withOlderForms();
        try {
            long size = Files.size(file);
            progress.setTotal(size);
            new ReadableObjects(context, List.of(), findings, true, progress, cancel)
                    .readUnknown("File " + file, Files.newInputStream(file), size, keys);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException wrong) {
            if (ReadableObjects.isEnding(wrong)) {
                throw wrong;
            }
            findings.problem(wrong.problem());
        } catch (IOException broken) {
            findings.problem(problem(file, broken));
        }
        return findings.report(file.toString(), VerifyLevel.READABLE);
    }

    private static Problem problem(Path file, IOException broken) throws RecoveryException {
        RecoveryException carried = StreamFailure.of(broken, "File " + file);
        if (carried instanceof CancelledException) {
            throw carried;
        }
        if (Files.isReadable(file)) {
            return carried.problem();
        }
        throw new RecoveryException(
                ProblemCode.BACKUP_UNKNOWN,
                "The file " + file + " cannot be read.",
                "This user may not read it, or it is gone.",
                "Look at it: ls -l " + file + ".",
                broken);
    }
}
