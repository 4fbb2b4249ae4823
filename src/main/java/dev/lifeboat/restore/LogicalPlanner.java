package dev.lifeboat.restore;

import dev.lifeboat.catalog.BackupChoice;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.restore.logical.DumpProbe;
import dev.lifeboat.restore.logical.DumpReader;
import dev.lifeboat.restore.logical.DumpSource;
import dev.lifeboat.restore.logical.LogicalTarget;
import dev.lifeboat.restore.logical.RoleScript;
import dev.lifeboat.restore.logical.TargetSurvey;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the plan of a logical restore: finds the dump and what it is, looks at the database that is
 * meant, and decides which databases will be made and renamed. Changes nothing. For one thread.
 */
public final class LogicalPlanner {
    private static final int LONGEST_NAME_BYTES = 63;
    private static final String S3 = "s3://";

    private final LogicalTools tools;
    private final Optional<Catalog> catalog;
    private final Path home;
    private final String tool;
    private final CancelToken cancel;

    /**
     * @param catalog read with the regions of the plan; empty when no bucket is set up
     * @param home Lifeboat's own folder on the host
     * @param tool the version that makes the plan
     */
    public LogicalPlanner(
            LogicalTools tools,
            Optional<Catalog> catalog,
            Path home,
            String tool,
            CancelToken cancel) {
        this.tools = tools;
        this.catalog = catalog;
        this.home = home;
        this.tool = tool;
        this.cancel = cancel;
    }

    /** The dump, why it is this one, and what was met on the way to it. */
    private record Chosen(DumpSource source, String reason, List<String> notes) {}

    /** What is made and what is renamed. */
    private record Names(Optional<String> scratch, Optional<String> kept) {}

    /**
     * The plan for a request.
     *
     * @throws RecoveryException BACKUP_UNKNOWN, NO_BACKUP, BACKUP_INCOMPLETE, OBJECT_*, KEY_* when
     *     there is no such dump or it cannot be opened; DATABASE_UNREACHABLE, ROLE_WITHOUT_RIGHTS,
     *     TARGET_NOT_WRITABLE when the database cannot be restored into
     */
    public LogicalPlan plan(LogicalRequest request) throws RecoveryException {
        Instant now = tools.clock().instant();
        int jobs = request.jobs().orElse(tools.host().processors());
        var reader = new DumpReader(tools.backups(), tools.keys(), jobs, cancel);
        Chosen chosen = choose(request.backup(), reader);
        var survey = new TargetSurvey(tools.database(), cancel);
        LogicalTarget target = survey.look();
        Names names = names(target, survey, now);
        List<String> roles = missingRoles(chosen.source(), reader, survey);
        String id = RestorePlace.freeId(tools.host(), home, target.database(), now);
        boolean spooled = !chosen.source().holdsSql() && (jobs > 1 || names.scratch().isEmpty());
        return new LogicalPlan(
                id,
                tool,
                tools.host().name(),
                now,
                request.region(),
                chosen.source(),
                chosen.reason(),
                target,
                names.scratch(),
                names.kept(),
                roles,
                spooled ? Optional.of(RestoreFolder.of(home, id).spool()) : Optional.empty(),
                jobs,
                notes(chosen, target, names, survey),
                target.filled() ? Optional.of(target.confirmText()) : Optional.empty());
    }

    private Chosen choose(String backup, DumpReader reader) throws RecoveryException {
        var probe = new DumpProbe(reader, cancel);
        if (isFile(backup)) {
            return new Chosen(probe.of(Path.of(backup)), "It was named.", List.of());
        }
        CatalogListing listing = listing(backup);
        BackupChoice choice = catalog.orElseThrow().resolve(listing, backup, BackupKind.FULL);
        CatalogEntry entry = choice.entry();
        requireRestorable(entry);
        List<String> notes = new ArrayList<>(listing.notes());
        listing.unreachable()
                .forEach(
                        (region, why) ->
                                notes.add(
                                        "Region "
                                                + region
                                                + " is not part of what was seen: "
                                                + why.what()));
        choice.passedOver()
                .forEach(
                        broken ->
                                notes.add(
                                        "A newer backup was not chosen: "
                                                + BackupChoice.whyBroken(broken)));
        String reason =
                backup.equals(RestoreRequest.LATEST)
                        ? "It is the newest that is whole."
                        : "It was named.";
        return new Chosen(source(entry, probe), reason, notes);
    }

    private DumpSource source(CatalogEntry entry, DumpProbe probe) throws RecoveryException {
        if (entry.status() == BackupStatus.NO_MANIFEST) {
            return probe.of(entry);
        }
        Manifest manifest = catalog.orElseThrow().manifest(entry);
        String digest =
                tools.backups()
                        .orElseThrow()
                        .read(entry.key(), (_, bytes) -> Sha256.of(bytes.readAllBytes()).sha256());
        return probe.of(entry, manifest, digest);
    }

    /** A file's name has a folder in it, or it is there and no id could be meant. */
    public static boolean isFile(String backup) {
        if (backup.startsWith(S3) || backup.equals(RestoreRequest.LATEST)) {
            return false;
        }
        return backup.startsWith("/")
                || backup.startsWith("./")
                || backup.startsWith("../")
                || Files.isRegularFile(Path.of(backup));
    }

    private CatalogListing listing(String backup) throws RecoveryException {
        if (catalog.isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.SETTING_MISSING,
                    "The backup '" + backup + "' cannot be looked for.",
                    "No bucket is set up, and there is no file of that name.",
                    "Set BACKUP_BUCKET, or name a file.");
        }
        return catalog.get().load(cancel);
    }

    private static void requireRestorable(CatalogEntry entry) throws RecoveryException {
        if (entry.kind() == BackupKind.BASE) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    entry.id() + " is restored up to a target, and none was given.",
                    "It is a base: a copy of a cluster, from which WAL goes on.",
                    "Name the base and a target: lifeboat restore "
                            + entry.id()
                            + " --target latest, or --target-time '2026-04-07 14:30:00'.");
        }
        if (entry.kind() != BackupKind.FULL) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    entry.id() + " is no dump of a database.",
                    "It is a backup of configuration files.",
                    "Take files out of it: lifeboat config restore " + entry.id() + " FILE.");
        }
        if (!entry.isUsable()) {
            throw entry.problem()
                    .map(RecoveryException::new)
                    .orElseGet(
                            () ->
                                    new RecoveryException(
                                            ProblemCode.BACKUP_INCOMPLETE,
                                            "The backup "
                                                    + entry.id()
                                                    + " cannot be restored from.",
                                            BackupChoice.whyBroken(entry),
                                            "Choose another one that lifeboat catalog shows."));
        }
    }

    private List<String> missingRoles(DumpSource source, DumpReader reader, TargetSurvey survey)
            throws RecoveryException {
        if (source.globals().isEmpty()) {
            return List.of();
        }
        byte[] globals = reader.bytes(source, source.globals().get());
        return survey.missingRoles(RoleScript.read(globals).roles());
    }

    private static Names names(LogicalTarget target, TargetSurvey survey, Instant now)
            throws RecoveryException {
        boolean mayMoveAside = target.mayCreate() && (target.absent() || target.owned());
        if (!mayMoveAside && (target.absent() || target.filled())) {
            throw withoutRights(target);
        }
        String stamp = Timestamps.key(now);
        String kept = free(survey, target.database(), "_before_" + stamp);
        return new Names(
                mayMoveAside
                        ? Optional.of(free(survey, target.database(), "_restore_" + stamp))
                        : Optional.empty(),
                mayMoveAside && !target.absent() ? Optional.of(kept) : Optional.empty());
    }

    /** PostgreSQL would cut a longer name off by itself, at its end. */
    private static String free(TargetSurvey survey, String database, String suffix)
            throws RecoveryException {
        String stem = database;
        while (bytes(stem + suffix) > LONGEST_NAME_BYTES - 3) {
            stem = stem.substring(0, stem.length() - 1);
        }
        String name = stem + suffix;
        for (int again = 2; survey.exists(name); again++) {
            name = stem + suffix + "_" + again;
        }
        return name;
    }

    private static int bytes(String name) {
        return name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }

    private static RecoveryException withoutRights(LogicalTarget target) {
        String why =
                target.mayCreate()
                        ? "It is not the owner of the database, so it may not rename it."
                        : "It may not create databases, and what is restored goes into one of its"
                                + " own"
                                + (target.absent()
                                        ? ", since " + target.database() + " does not exist."
                                        : " before it takes the name.");
        return new RecoveryException(
                ProblemCode.ROLE_WITHOUT_RIGHTS,
                "The role " + target.user() + " may not restore " + target.confirmText() + ".",
                why,
                target.mayCreate()
                        ? "Connect as the owner, or as a superuser."
                        : "Have a superuser run: ALTER ROLE "
                                + dev.lifeboat.postgres.Sql.identifier(target.user())
                                + " CREATEDB; or connect as one: --database-url.");
    }

    private List<String> notes(
            Chosen chosen, LogicalTarget target, Names names, TargetSurvey survey)
            throws RecoveryException {
        List<String> notes = new ArrayList<>(chosen.notes());
        if (chosen.source().manifest().isPresent()) {
            new ArchivedObjects(tools.backups().orElseThrow(), cancel)
                    .note(chosen.source().manifest().get())
                    .ifPresent(notes::add);
        }
        if (chosen.source().manifest().isEmpty()) {
            notes.add(
                    "There is no manifest: nothing but the content itself tells whether it is whole,"
                            + " and no roles are made.");
        }
        if (names.kept().isPresent() && !target.filled()) {
            notes.add(
                    "The database holds nothing; it is kept as "
                            + names.kept().get()
                            + " all the same, since nothing that exists is dropped.");
        }
        List<String> slots = survey.logicalSlots();
        if (!slots.isEmpty() && names.kept().isPresent()) {
            notes.add(
                    "Replication slots stay with the database that is kept: "
                            + String.join(", ", slots)
                            + ".");
        }
        return notes;
    }
}
