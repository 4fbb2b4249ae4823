package dev.lifeboat.engine;

import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.checklist.LogicalChecks;
import dev.lifeboat.checklist.PhysicalChecks;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.restore.AdvancePlanner;
import dev.lifeboat.restore.JobTools;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.LogicalPlanner;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.LogicalTools;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.PhysicalPlanner;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.RestoreTools;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.logical.DumpContents;
import dev.lifeboat.restore.logical.DumpLook;
import dev.lifeboat.restore.logical.DumpProbe;
import dev.lifeboat.restore.logical.DumpReader;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What planning, checking and carrying out a restore works with, for command line and window alike:
 * the same request gives both the same plan. For one thread, as its engine.
 */
public final class Restores {
    private final Engine engine;
    private final Path home;
    private final CancelToken cancel;
    private Optional<ConnectionSpec> database = Optional.empty();

    /**
     * @param engine stays the caller's to close
     * @param home below which the jobs of restores lie
     */
    public Restores(Engine engine, Path home, CancelToken cancel) {
        this.engine = engine;
        this.home = home;
        this.cancel = cancel;
    }

    /**
     * The plan of a physical restore; nothing is changed.
     *
     * @throws RecoveryException as {@link PhysicalPlanner#plan}
     */
    public PhysicalPlan plan(RestoreRequest request) throws RecoveryException {
        return new PhysicalPlanner(
                        engine.backups(),
                        engine.catalog(),
                        engine.archive(),
                        engine.indexPlaces(),
                        engine.host(),
                        home,
                        Version.text(),
                        engine.clock(),
                        cancel)
                .plan(request);
    }

    /**
     * The plan of going on from where a restore waits to a later target; nothing is changed. The
     * engine's regions must be those of the restore's plan.
     *
     * @throws RecoveryException as {@link AdvancePlanner#plan}
     */
    public PhysicalPlan advance(RestoreView waiting, RecoveryTarget target)
            throws RecoveryException {
        return new AdvancePlanner(engine.archive(), Version.text(), engine.clock(), cancel)
                .plan(waiting, target);
    }

    /** What the plan needs, measured now; nobody has attested or overridden anything yet. */
    public Checklist checklist(RestorePlan plan) throws RecoveryException {
        return switch (plan) {
            case PhysicalPlan physical ->
                    new PhysicalChecks(
                                    engine.host(),
                                    engine.serverUser(),
                                    engine.programs(),
                                    engine.keys())
                            .of(physical);
            case LogicalPlan logical ->
                    new LogicalChecks(engine.host(), engine.programs(), database(logical), cancel)
                            .of(logical);
        };
    }

    /**
     * The plan of a logical restore; nothing is changed.
     *
     * @param database the way to the database that is meant, with its password
     * @throws RecoveryException as {@link LogicalPlanner#plan}
     */
    public LogicalPlan plan(LogicalRequest request, ConnectionSpec database)
            throws RecoveryException {
        this.database = Optional.of(database);
        LogicalTools tools = logicalTools(database);
        Optional<Catalog> catalog =
                tools.backups().isPresent() ? Optional.of(engine.catalog()) : Optional.empty();
        return new LogicalPlanner(tools, catalog, home, Version.text(), cancel).plan(request);
    }

    /**
     * What a dump holds, by the table of contents at its beginning; no more of it is fetched.
     *
     * @param progress counts stored bytes
     * @throws RecoveryException as {@link DumpLook#of}
     */
    public DumpContents contents(CatalogEntry entry, Progress progress) throws RecoveryException {
        String key =
                entry.status() == BackupStatus.NO_MANIFEST
                        ? entry.key()
                        : DumpProbe.dump(entry.id(), manifest(entry)).key();
        var reader =
                new DumpReader(
                        Optional.of(engine.backups()),
                        unlessUnset(engine::keys, ProblemCode.KEY_MISSING),
                        1,
                        cancel);
        return new DumpLook(reader, engine.host(), engine.programs(), cancel).of(key, progress);
    }

    private Manifest manifest(CatalogEntry entry) throws RecoveryException {
        return entry.authenticated()
                ? engine.catalog().manifest(entry)
                : engine.catalog().unauthenticatedManifest(entry);
    }

    /** Has restores into a database go there by this way, whatever the settings name. */
    public Restores into(ConnectionSpec given) {
        this.database = Optional.of(given);
        return this;
    }

    /** What a job carries its plan out with. */
    public JobTools tools(RestorePlan plan) throws RecoveryException {
        return switch (plan) {
            case PhysicalPlan _ -> tools();
            case LogicalPlan logical -> logicalTools(database(logical));
        };
    }

    /** A file can be restored where no bucket and no key is set up. */
    private LogicalTools logicalTools(ConnectionSpec into) throws RecoveryException {
        return new LogicalTools(
                unlessUnset(engine::backups, ProblemCode.SETTING_MISSING),
                engine.keyNames(),
                unlessUnset(engine::keys, ProblemCode.KEY_MISSING),
                engine.host(),
                engine.programs(),
                engine.clock(),
                into,
                engine.settings().queries(),
                true,
                unlessUnset(new Upkeep(engine)::targetLeases, ProblemCode.SETTING_MISSING));
    }

    private interface Part<T> {
        T get() throws RecoveryException;
    }

    private static <T> Optional<T> unlessUnset(Part<T> part, ProblemCode unset)
            throws RecoveryException {
        try {
            return Optional.of(part.get());
        } catch (RecoveryException missing) {
            if (missing.code() != unset) {
                throw missing;
            }
            return Optional.empty();
        }
    }

    /**
     * The database of a plan: what was given for it, or what the settings name if that is the one;
     * else its address, with the password from where libpq looks for it.
     */
    private ConnectionSpec database(LogicalPlan plan) throws RecoveryException {
        String wanted = plan.target().uri();
        if (database.isPresent() && database.get().uri().equals(wanted)) {
            return database.get();
        }
        Optional<ConnectionSpec> set =
                unlessUnset(
                        () -> engine.settings().database(engine.host().currentUser()),
                        ProblemCode.SETTING_MISSING);
        if (set.isPresent() && set.get().uri().equals(wanted)) {
            return set.get();
        }
        return engine.databaseAt(wanted);
    }

    /** What a job carries the plan of a physical restore out with. */
    public RestoreTools tools() throws RecoveryException {
        return new RestoreTools(
                engine.backups(),
                engine.keyNames(),
                engine.archive(),
                engine.keys(),
                engine.host(),
                engine.serverUser(),
                engine.programs(),
                engine.clock(),
                Runtime.getRuntime().maxMemory(),
                engine.settings().queries(),
                Optional.of(new Upkeep(engine).targetLeases()));
    }
}
