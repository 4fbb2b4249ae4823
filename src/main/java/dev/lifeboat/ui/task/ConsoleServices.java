package dev.lifeboat.ui.task;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.doctor.Finding;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Health;
import dev.lifeboat.postgres.QueryAnswer;
import dev.lifeboat.report.Report;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.handover.OldServer;
import dev.lifeboat.restore.logical.DumpContents;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.retention.Generations;
import dev.lifeboat.settings.OwnQuery;
import dev.lifeboat.storage.CredentialsReport;
import dev.lifeboat.storage.Region;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the engine answers for one profile. Every method may block for as long as buckets, database
 * or disk take, so that only a {@link TaskRunner} calls them; each stands on its own and may run
 * beside the others. The exception's problem is what is shown.
 */
public interface ConsoleServices {
    /** What the settings say; blocks for nothing. */
    ProfileFacts profile();

    /** Both regions' backups, asked anew. */
    CatalogListing catalog(CancelToken cancel) throws RecoveryException;

    /** What the rules of retention keep each backup as. Asks nobody. */
    Generations generations(CatalogListing catalog) throws RecoveryException;

    /** The manifest of one of them, authenticated where the key is known. */
    Manifest manifest(CatalogEntry entry, CancelToken cancel) throws RecoveryException;

    /**
     * What a dump holds, of which the beginning alone is fetched; nothing of it is proven.
     *
     * @param progress counts stored bytes
     */
    DumpContents contents(CatalogEntry entry, Progress progress, CancelToken cancel)
            throws RecoveryException;

    /** To when one can go back, read from WAL. */
    RecoveryTimeline recovery(CatalogListing catalog, CancelToken cancel) throws RecoveryException;

    /** The restores of this machine, newest id last. */
    List<RestoreView> restores() throws RecoveryException;

    /**
     * One restore of this machine.
     *
     * @throws RecoveryException JOB_UNKNOWN when there is none of that id
     */
    RestoreView restore(String id) throws RecoveryException;

    /** How far the process that works on a restore has come; empty when none works on it. */
    Optional<RestoreSample> sample(String id);

    /** The record of a restore as a document for people. */
    Report report(String id) throws RecoveryException;

    /** The folder of a restore: its plan, journal and server log. */
    Path folder(String id);

    /**
     * Asks a restored server something, in a transaction that can change nothing.
     *
     * @param connection of {@link RestoreView#connection()}
     */
    QueryAnswer look(String connection, String sql, CancelToken cancel) throws RecoveryException;

    /** The plan of bringing a cluster to a target; nothing is changed. */
    PhysicalPlan plan(RestoreRequest request, CancelToken cancel) throws RecoveryException;

    /** The plan of putting a dump into the profile's database; nothing is changed. */
    LogicalPlan plan(LogicalRequest request, CancelToken cancel) throws RecoveryException;

    /** What a plan needs, measured now. */
    Checklist checklist(RestorePlan plan, CancelToken cancel) throws RecoveryException;

    /**
     * How the server stands that a restored one would replace, seen as a handover sees it: by its
     * own address, and against the cluster that was restored.
     */
    OldServer oldServer(PhysicalPlan plan, CancelToken cancel) throws RecoveryException;

    /** How the profile's live database is now: rows, sizes, versions. Reads only. */
    DatabaseState document(CancelToken cancel) throws RecoveryException;

    /** Puts that into the folder of a restore, which need not exist yet. */
    void keep(String id, DatabaseState state) throws RecoveryException;

    /**
     * Puts a plan where the process that carries it out takes it from, and removes it.
     *
     * @return the file
     */
    Path hand(RestorePlan plan) throws RecoveryException;

    /** What was put there; empty when nobody documented it. */
    Optional<DatabaseState> documented(String id) throws RecoveryException;

    /** Whether the profile has a webhook for its team; blocks for nothing. */
    boolean tellsTeam();

    /** Posts a text to that webhook. */
    void tellTeam(String text, CancelToken cancel) throws RecoveryException;

    /** The queries of the profile; blocks for nothing. */
    List<OwnQuery> queries();

    /** What is not well, with its remedy. */
    List<Finding> doctor(CancelToken cancel) throws RecoveryException;

    /** The live server of the profile. */
    ServerFacts server(CancelToken cancel) throws RecoveryException;

    /** Whether each region that is set up answers, and with which credentials. */
    List<RegionReach> reach(CancelToken cancel) throws RecoveryException;

    /** Whether the backups are well: the evaluation that monitor, metrics and alerts go by. */
    Health health(CancelToken cancel) throws RecoveryException;

    /** A folder for what may be forgotten, of this profile's buckets alone; may not exist yet. */
    Path cache();

    /** Child processes that do what must outlive the window. */
    Commands commands();

    /** Anything else: an engine for one piece of work, which is closed after it. */
    EngineAccess engine();

    /**
     * The live server, as the banner shows it.
     *
     * @param systemIdentifier of its cluster
     * @param inRecovery whether it is a standby, or a restored copy that was not promoted
     */
    record ServerFacts(String version, String systemIdentifier, boolean inRecovery) {}

    /**
     * What a region answered.
     *
     * @param problem why it cannot be used; empty when it can
     * @param credentials who asked, without secrets
     */
    record RegionReach(
            Region.Role role, Optional<Problem> problem, Optional<CredentialsReport> credentials) {}

    /** The bucket's address of an object, {@code s3://BUCKET/KEY}, in the region that is set up. */
    default Optional<String> address(Region.Role role, String key) {
        return profile().regions().stream()
                .filter(region -> region.role() == role)
                .findFirst()
                .map(region -> "s3://" + region.bucket() + "/" + key);
    }
}
