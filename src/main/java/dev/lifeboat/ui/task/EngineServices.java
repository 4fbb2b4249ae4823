package dev.lifeboat.ui.task;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.doctor.Doctor;
import dev.lifeboat.doctor.Finding;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Handovers;
import dev.lifeboat.engine.Restores;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Health;
import dev.lifeboat.monitor.alert.SlackWebhook;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.QueryAnswer;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.report.Report;
import dev.lifeboat.report.RestoreReport;
import dev.lifeboat.restore.HandedPlan;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestoreFolder;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreRecord;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.handover.OldServer;
import dev.lifeboat.restore.logical.DumpContents;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.restore.proof.DatabaseStateJson;
import dev.lifeboat.retention.Generations;
import dev.lifeboat.retention.RetentionRules;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.settings.OwnQuery;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.Probe;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionChoice;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services of one profile over the engine. Each answer is made with an engine of its own. */
public final class EngineServices implements ConsoleServices {
    private static final Duration LOOK_AT_MOST = Duration.ofSeconds(30);
    private static final int ROWS_SHOWN = 200;
    private final Settings settings;
    private final SecretSource secrets;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Commands commands;

    public EngineServices(
            Settings settings,
            SecretSource secrets,
            Map<String, String> environment,
            Clock clock,
            Commands commands) {
        this.settings = settings;
        this.secrets = secrets;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.commands = commands;
    }

    @Override
    public ProfileFacts profile() {
        return SettingsFacts.of(settings);
    }

    @Override
    public CatalogListing catalog(CancelToken cancel) throws RecoveryException {
        return work(RegionChoice.AUTO, cancel, engine -> engine.catalog().load(cancel));
    }

    @Override
    public Generations generations(CatalogListing catalog) throws RecoveryException {
        return Generations.of(
                catalog.entries(),
                RetentionRules.runbook(settings.retentionDays(), settings.pitrDays()),
                clock.instant());
    }

    @Override
    public Manifest manifest(CatalogEntry entry, CancelToken cancel) throws RecoveryException {
        return work(
                RegionChoice.AUTO,
                cancel,
                engine ->
                        entry.authenticated()
                                ? engine.catalog().manifest(entry)
                                : engine.catalog().unauthenticatedManifest(entry));
    }

    @Override
    public DumpContents contents(CatalogEntry entry, Progress progress, CancelToken cancel)
            throws RecoveryException {
        return work(
                RegionChoice.AUTO,
                cancel,
                engine -> restores(engine, cancel).contents(entry, progress));
    }

    @Override
    public RecoveryTimeline recovery(CatalogListing catalog, CancelToken cancel)
            throws RecoveryException {
        return work(RegionChoice.AUTO, cancel, engine -> engine.windows().read(catalog, cancel));
    }

    @Override
    public List<RestoreView> restores() throws RecoveryException {
        return RestoreView.list(home(), new LocalHost());
    }

    @Override
    public RestoreView restore(String id) throws RecoveryException {
        return RestoreView.of(RestoreFolder.of(home(), id), new LocalHost());
    }

    @Override
    public Optional<RestoreSample> sample(String id) {
        return RestoreSample.ask(folder(id));
    }

    @Override
    public Report report(String id) throws RecoveryException {
        return RestoreReport.of(
                RestoreRecord.of(RestoreFolder.of(home(), id), restore(id), new LocalHost()));
    }

    @Override
    public Path folder(String id) {
        return RestoreFolder.of(home(), id).path();
    }

    @Override
    public QueryAnswer look(String connection, String sql, CancelToken cancel)
            throws RecoveryException {
        try (var spec = ConnectionSpec.parse(connection, Map.of(), new LocalHost().currentUser());
                Database database = Database.connect(spec, cancel)) {
            return database.statementTimeout(LOOK_AT_MOST).answer(sql, ROWS_SHOWN);
        }
    }

    @Override
    public PhysicalPlan plan(RestoreRequest request, CancelToken cancel) throws RecoveryException {
        return work(
                choice(request.region()), cancel, engine -> restores(engine, cancel).plan(request));
    }

    @Override
    public LogicalPlan plan(LogicalRequest request, CancelToken cancel) throws RecoveryException {
        try (var database = settings.database(new LocalHost().currentUser())) {
            return work(
                    choice(request.region()),
                    cancel,
                    engine -> restores(engine, cancel).plan(request, database));
        }
    }

    @Override
    public Checklist checklist(RestorePlan plan, CancelToken cancel) throws RecoveryException {
        return work(
                choice(plan.region()), cancel, engine -> restores(engine, cancel).checklist(plan));
    }

    @Override
    public OldServer oldServer(PhysicalPlan plan, CancelToken cancel) throws RecoveryException {
        return work(
                choice(plan.region()),
                cancel,
                engine ->
                        new Handovers(
                                        engine,
                                        plan,
                                        home(),
                                        environment,
                                        Optional.empty(),
                                        Optional.empty())
                                .oldServer(plan.base().systemIdentifier(), cancel));
    }

    private static RegionChoice choice(String region) {
        return RegionChoice.valueOf(region.toUpperCase(Locale.ROOT));
    }

    @Override
    public DatabaseState document(CancelToken cancel) throws RecoveryException {
        try (var spec = settings.database(new LocalHost().currentUser());
                Database database = Database.connect(spec, cancel)) {
            return DatabaseState.read(database, clock.instant());
        }
    }

    @Override
    public void keep(String id, DatabaseState state) throws RecoveryException {
        var host = new LocalHost();
        RestoreFolder folder = RestoreFolder.of(home(), id);
        folder.create(host);
        host.files()
                .writeDurably(
                        folder.stateBefore(), DatabaseStateJson.write(state), host.currentUser());
    }

    @Override
    public Path hand(RestorePlan plan) throws RecoveryException {
        return HandedPlan.write(RestoreFolder.of(home(), plan.id()), plan, new LocalHost());
    }

    @Override
    public Optional<DatabaseState> documented(String id) throws RecoveryException {
        var files = new LocalHost().files();
        Path file = RestoreFolder.of(home(), id).stateBefore();
        return files.exists(file)
                ? Optional.of(DatabaseStateJson.read(files.readText(file), file.toString()))
                : Optional.empty();
    }

    @Override
    public boolean tellsTeam() {
        return settings.tellsSlack();
    }

    @Override
    public void tellTeam(String text, CancelToken cancel) throws RecoveryException {
        Optional<SlackWebhook> webhook = SlackWebhook.of(settings, secrets, cancel::sleep);
        if (webhook.isPresent()) {
            try (SlackWebhook open = webhook.get()) {
                open.say(text);
            }
        }
    }

    @Override
    public List<OwnQuery> queries() {
        return settings.queries();
    }

    @Override
    public List<Finding> doctor(CancelToken cancel) throws RecoveryException {
        return work(RegionChoice.AUTO, cancel, engine -> new Doctor(engine, cancel).examine());
    }

    @Override
    public ServerFacts server(CancelToken cancel) throws RecoveryException {
        try (var spec = settings.database(new LocalHost().currentUser());
                Database database = Database.connect(spec, cancel)) {
            ServerInfo info = ServerInfo.read(database);
            boolean standby = database.one(row -> row.bool("r"), "select pg_is_in_recovery() as r");
            return new ServerFacts(info.version().toString(), info.systemIdentifier(), standby);
        }
    }

    @Override
    public List<RegionReach> reach(CancelToken cancel) throws RecoveryException {
        return work(RegionChoice.AUTO, cancel, engine -> reach(engine, cancel));
    }

    private static List<RegionReach> reach(Engine engine, CancelToken cancel)
            throws RecoveryException {
        List<RegionReach> answers = new ArrayList<>();
        for (Region region : engine.backups().regions()) {
            cancel.check();
            answers.add(reach(region, engine.keyNames().prefix()));
        }
        return answers;
    }

    private static RegionReach reach(Region region, String prefix) {
        try {
            Probe probe = region.store().probe(prefix);
            Optional<Problem> problem =
                    Optional.ofNullable(probe.list().problem())
                            .or(() -> Optional.ofNullable(probe.read().problem()));
            return new RegionReach(region.role(), problem, probe.credentials());
        } catch (RecoveryException silent) {
            return new RegionReach(region.role(), Optional.of(silent.problem()), Optional.empty());
        }
    }

    @Override
    public Health health(CancelToken cancel) throws RecoveryException {
        return work(RegionChoice.AUTO, cancel, engine -> engine.health().read());
    }

    @Override
    public Path cache() {
        ProfileFacts facts = profile();
        String place =
                facts.regions().stream()
                                .map(region -> region.bucket() + "@" + region.place())
                                .collect(Collectors.joining("+"))
                        + "+"
                        + facts.prefix();
        return settings.directories()
                .cache()
                .resolve("console")
                .resolve(place.replaceAll("[^A-Za-z0-9.@+-]", "_"));
    }

    @Override
    public Commands commands() {
        return commands;
    }

    @Override
    public EngineAccess engine() {
        return this::work;
    }

    private <T> T work(RegionChoice choice, CancelToken cancel, EngineAccess.Work<T> work)
            throws RecoveryException {
        try (Engine engine = new Engine(settings, choice, secrets, environment, clock, cancel)) {
            return work.with(engine);
        }
    }

    private Restores restores(Engine engine, CancelToken cancel) {
        return new Restores(engine, home(), cancel);
    }

    private Path home() {
        return settings.directories().home();
    }
}
