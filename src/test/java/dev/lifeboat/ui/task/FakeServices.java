package dev.lifeboat.ui.task;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.doctor.Finding;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
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
import dev.lifeboat.retention.RetentionRules;
import dev.lifeboat.settings.Classification;
import dev.lifeboat.settings.OwnQuery;
import dev.lifeboat.storage.CredentialsReport;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.task.ProfileFacts.RegionFacts;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Services that answer what a test told them to. A field that is a problem is thrown. */
public class FakeServices implements ConsoleServices {
    public static final Instant NOW = Instant.parse("2026-11-23T03:56:23Z");
    public static final TimeText TIMES =
            new TimeText(Clock.fixed(NOW, ZoneOffset.UTC), ZoneId.of("Europe/Rome"));
    public ProfileFacts profile = profileOf(Classification.PRODUCTION);
    public CatalogListing catalog = new CatalogListing(List.of(), Map.of(), List.of());
    public Manifest manifest;

    /** What every dump holds. */
    public DumpContents contents;

    /** How many manifests were asked for. */
    public int manifestsRead;

    public Health health;
    public RecoveryTimeline recovery;
    public List<RestoreView> restores = List.of();
    public List<Finding> findings = List.of();
    public ServerFacts server = new ServerFacts("15.18", "7438219087412345678", false);
    public List<RegionReach> reach =
            List.of(
                    new RegionReach(
                            Region.Role.PRIMARY,
                            Optional.empty(),
                            Optional.of(
                                    new CredentialsReport(
                                            "profile prod-ro (SSO)",
                                            "ASIA…7Q",
                                            Optional.of(NOW.plusSeconds(47 * 60))))),
                    new RegionReach(Region.Role.DR, Optional.empty(), Optional.empty()));

    /** Of this fake alone: what another one remembered is not shown. */
    public Path cache = Path.of("target/ui-caches", UUID.randomUUID().toString());

    public Report report;
    public Problem problem;
    public final List<List<String>> started = new ArrayList<>();

    /** What each command writes. */
    public List<String> commandResults = List.of();

    /** A profile of two regions. */
    public static ProfileFacts profileOf(Classification classification) {
        return new ProfileFacts(
                Optional.of("orders-prod"),
                classification,
                Optional.of("orders@db.internal:5432"),
                List.of(
                        new RegionFacts(
                                Region.Role.PRIMARY,
                                "mockupaws-backups-prod",
                                "mockupaws-wal-archive",
                                "us-east-1"),
                        new RegionFacts(
                                Region.Role.DR,
                                "mockupaws-backups-dr",
                                "mockupaws-wal-archive-dr",
                                "eu-west-1")),
                "orders/",
                List.of(),
                Optional.empty());
    }

    /** A problem as a bucket tells it. */
    public static Problem wrongKey() {
        return new Problem(
                ProblemCode.KEY_WRONG,
                "Backup main_base_20261123_015623 was encrypted under another key.",
                "Its key has the fingerprint 8953a65d4bf2fefc; known here: 6f6ec31b64ddb675.",
                "Set BACKUP_ENCRYPTION_KEY to the key with that fingerprint; `lifeboat key"
                        + " fingerprint` shows which one is set.");
    }

    public static Problem unreachable() {
        return new Problem(
                ProblemCode.STORAGE_UNREACHABLE,
                "The bucket mockupaws-backups-prod in us-east-1 does not answer.",
                "Three attempts to connect to s3.us-east-1.amazonaws.com timed out after 5 s each.",
                "Check the network, or go on from the DR region: choose region DR in the plan.");
    }

    protected <T> T answer(T value) throws RecoveryException {
        if (problem != null) {
            throw new RecoveryException(problem);
        }
        return value;
    }

    @Override
    public ProfileFacts profile() {
        return profile;
    }

    @Override
    public CatalogListing catalog(CancelToken cancel) throws RecoveryException {
        return answer(catalog);
    }

    @Override
    public Generations generations(CatalogListing listing) {
        return Generations.of(listing.entries(), RetentionRules.runbook(30, 35), NOW);
    }

    @Override
    public Manifest manifest(CatalogEntry entry, CancelToken cancel) throws RecoveryException {
        manifestsRead++;
        return answer(manifest);
    }

    @Override
    public DumpContents contents(CatalogEntry entry, Progress progress, CancelToken cancel)
            throws RecoveryException {
        return answer(contents);
    }

    @Override
    public RecoveryTimeline recovery(CatalogListing listing, CancelToken cancel)
            throws RecoveryException {
        return answer(recovery);
    }

    @Override
    public List<RestoreView> restores() throws RecoveryException {
        return answer(restores);
    }

    @Override
    public RestoreView restore(String id) throws RecoveryException {
        return answer(restores).stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RecoveryException(
                                        ProblemCode.JOB_UNKNOWN,
                                        "There is no restore '" + id + "'.",
                                        "Its folder holds no plan.",
                                        "See which there are with: lifeboat restores list"));
    }

    @Override
    public Optional<RestoreSample> sample(String id) {
        return Optional.empty();
    }

    @Override
    public Report report(String id) throws RecoveryException {
        return answer(report);
    }

    @Override
    public Path folder(String id) {
        return Path.of("/var/lib/lifeboat/restores").resolve(id);
    }

    @Override
    public QueryAnswer look(String connection, String sql, CancelToken cancel)
            throws RecoveryException {
        throw new UnsupportedOperationException("no test asked a server yet");
    }

    @Override
    public PhysicalPlan plan(RestoreRequest request, CancelToken cancel) throws RecoveryException {
        throw new UnsupportedOperationException("no test asked for a plan yet");
    }

    @Override
    public LogicalPlan plan(LogicalRequest request, CancelToken cancel) throws RecoveryException {
        throw new UnsupportedOperationException("no test asked for a plan yet");
    }

    @Override
    public Checklist checklist(RestorePlan plan, CancelToken cancel) throws RecoveryException {
        throw new UnsupportedOperationException("no test asked for a checklist yet");
    }

    @Override
    public OldServer oldServer(PhysicalPlan plan, CancelToken cancel) throws RecoveryException {
        throw new UnsupportedOperationException("no test looks at an old server here");
    }

    @Override
    public DatabaseState document(CancelToken cancel) throws RecoveryException {
        throw new UnsupportedOperationException("no test documents a database here");
    }

    @Override
    public void keep(String id, DatabaseState state) throws RecoveryException {
        throw new UnsupportedOperationException("no test keeps a state here");
    }

    @Override
    public Path hand(RestorePlan plan) throws RecoveryException {
        throw new UnsupportedOperationException("no test hands a plan on here");
    }

    @Override
    public Optional<DatabaseState> documented(String id) throws RecoveryException {
        return Optional.empty();
    }

    @Override
    public boolean tellsTeam() {
        return false;
    }

    @Override
    public void tellTeam(String text, CancelToken cancel) throws RecoveryException {
        throw new UnsupportedOperationException("there is no webhook behind the fake");
    }

    @Override
    public List<OwnQuery> queries() {
        return List.of();
    }

    @Override
    public List<Finding> doctor(CancelToken cancel) throws RecoveryException {
        return answer(findings);
    }

    @Override
    public ServerFacts server(CancelToken cancel) throws RecoveryException {
        return answer(server);
    }

    @Override
    public List<RegionReach> reach(CancelToken cancel) throws RecoveryException {
        return answer(reach);
    }

    @Override
    public Health health(CancelToken cancel) throws RecoveryException {
        return answer(health);
    }

    @Override
    public Path cache() {
        return cache;
    }

    @Override
    public Commands commands() {
        return arguments -> {
            started.add(arguments);
            return new EndedCommand("lifeboat " + String.join(" ", arguments), commandResults);
        };
    }

    @Override
    public EngineAccess engine() {
        throw new UnsupportedOperationException("there is no engine behind the fake");
    }
}
