package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.windows.RecoveryView;
import dev.lifeboat.catalog.windows.RecoveryWindows;
import dev.lifeboat.catalog.windows.TargetAnswer;
import dev.lifeboat.catalog.windows.TargetAnswer.Reachable;
import dev.lifeboat.catalog.windows.TargetAnswers;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * At random targets, reached one after the other, the server holds exactly the rows that the source
 * says were committed by then, the last of them is the transaction that the plan names, and the
 * server lacks as many of the source's commits as the timeline says that the target loses.
 */
class RandomTargetsIT {
    private static final int TARGETS = 50;
    private static final int COMMITS_A_BATCH = 60;

    private static final List<Commit> COMMITS = new ArrayList<>();
    private static SourceCluster source;

    private Path home;
    private PhysicalPlan plan;

    /** What the source itself says of the transaction that wrote one row. */
    private record Commit(long row, long xid, Instant at) {}

    /**
     * @param rows how many rows are there
     */
    private record Expected(RecoveryTarget target, int rows) {}

    @BeforeAll
    static void makeALiveSource() throws Exception {
        source = SourceCluster.make(RandomTargetsIT::live);
    }

    private static void live(TestCluster cluster, int batch) throws Exception {
        if (batch == 1) {
            cluster.execute("CREATE TABLE live (id bigint PRIMARY KEY, filler text)");
            return;
        }
        try (Database session = cluster.connect()) {
            for (int i = 0; i < COMMITS_A_BATCH; i++) {
                long row = (batch - 2L) * COMMITS_A_BATCH + i + 1;
                session.execute("INSERT INTO live VALUES (?, repeat('y', 5000))", row);
                if (i % 7 == 0) {
                    abort(session);
                }
            }
        }
        if (batch == 4) {
            try (Database session = cluster.connect()) {
                COMMITS.addAll(
                        session.query(
                                row ->
                                        new Commit(
                                                row.number("id"),
                                                row.number("xid"),
                                                row.instant("at")),
                                "SELECT id, xmin::text::bigint AS xid,"
                                        + " pg_xact_commit_timestamp(xmin) AS at FROM live ORDER BY id"));
            }
        }
    }

    /** An abort ends a transaction, too, and leaves no row. */
    private static void abort(Database session) {
        var wanted = new RecoveryException(ProblemCode.CANCELLED, "No.", "A test.", "None.");
        assertThatThrownBy(
                        () ->
                                session.transaction(
                                        same -> {
                                            same.execute("INSERT INTO live VALUES (-1, '')");
                                            throw wanted;
                                        }))
                .isSameAs(wanted);
    }

    @AfterAll
    static void removeTheSource() throws Exception {
        source.close();
    }

    @AfterEach
    void stopTheServer() throws Exception {
        var server = ServerProcess.attach(source.host(), plan.dataDirectory());
        if (server.isPresent()) {
            server.get().stop(StopMode.IMMEDIATE, Duration.ofMinutes(1), CancelToken.never());
        }
        source.host().files().deleteTree(home, home.getParent());
    }

    @Test
    void holdsExactlyTheRowsCommittedByEachOfThem() throws Exception {
        long seed = new Random().nextLong();
        List<Expected> targets = targets(new Random(seed));
        home = source.folder("home");
        plan = source.plan(home, source.points().getFirst(), TargetAction.PAUSE);
        RestoreJob.create(folder(), plan, source.tools(), _ -> {}).run(CancelToken.never());

        TargetAnswers answers = answers();
        long first = COMMITS.getFirst().xid();
        long last = COMMITS.getLast().xid() + 100;
        List<Long> committed = source.committed(first, last);
        for (Expected expected : targets) {
            PhysicalPlan next = SourceCluster.advance(folder(), source.tools(), expected.target());
            RestoreOutcome outcome =
                    RestoreJob.open(folder(), source.tools(), _ -> {})
                            .advance(next, CancelToken.never());

            assertThat(rows(outcome))
                    .as("seed %d, %s", seed, expected.target())
                    .isEqualTo(COMMITS.stream().limit(expected.rows()).map(Commit::row).toList());
            List<Long> there = committed(outcome, first, last);
            assertThat(next.goal().lastIncluded().orElseThrow().xid())
                    .as("seed %d, last transaction of %s", seed, expected.target())
                    .isEqualTo(there.getLast());
            var told = (Reachable) answer(answers, expected.target(), next.goal());
            assertThat(told.exact()).isTrue();
            assertThat(told.lastIncluded().orElseThrow().xid())
                    .as("seed %d, last transaction told of %s", seed, expected.target())
                    .isEqualTo(there.getLast().intValue());
            assertThat(told.lost().least())
                    .as("seed %d, commits lost by %s", seed, expected.target())
                    .isEqualTo(told.lost().most())
                    .isEqualTo(committed.size() - there.size());
        }
    }

    /** What the timeline tells, from an index of all of the archive. */
    private TargetAnswers answers() throws Exception {
        var base = plan.base();
        var entry =
                new CatalogEntry(
                        base.id(),
                        BackupKind.BASE,
                        BackupStatus.FINISHED,
                        base.id(),
                        new CatalogEntry.Facts(
                                base.database(),
                                Optional.of(base.systemIdentifier()),
                                Optional.empty(),
                                base.base().startTime(),
                                Optional.of(base.base().stopTime()),
                                OptionalLong.empty(),
                                0,
                                Optional.empty(),
                                "STANDARD",
                                Optional.of(base.base())),
                        true,
                        Map.of(),
                        true,
                        Optional.empty(),
                        Optional.empty());
        RestoreTools tools = source.tools();
        RecoveryView view =
                new RecoveryWindows(tools.wal(), tools.backups(), "", Clock.systemUTC())
                        .view(
                                new CatalogListing(List.of(entry), Map.of(), List.of()),
                                CancelToken.never());
        var wal = view.wal().orElseThrow();
        wal.complete(wal.runs(), 2, CancelToken.never(), Progress.unwatched());
        return view.answers().orElseThrow();
    }

    /** Of a transaction's number the timeline knows nothing: its position stands for it. */
    private static TargetAnswer answer(TargetAnswers answers, RecoveryTarget target, Goal goal)
            throws Exception {
        if (target.kind() == TargetKind.TIME) {
            return answers.exactlyAt(
                    Instant.parse(target.value()), target.inclusive(), Optional.empty());
        }
        return answers.exactlyAt(
                Lsn.parse(goal.settings().get("recovery_target_lsn")),
                target.inclusive(),
                Optional.empty());
    }

    private static List<Expected> targets(Random random) {
        List<Expected> targets = new ArrayList<>();
        while (targets.size() < TARGETS) {
            targets.add(target(random, random.nextInt(1, COMMITS.size() - 1)));
        }
        targets.sort(
                Comparator.comparingInt(Expected::rows)
                        .thenComparingInt(expected -> place(expected.target()))
                        .thenComparing(expected -> expected.target().value()));
        return targets;
    }

    /** Of those that hold the same rows, an aborted transaction may lie between the first ones. */
    private static int place(RecoveryTarget target) {
        return !target.inclusive() ? 2 : target.kind() == TargetKind.XID ? 0 : 1;
    }

    private static Expected target(Random random, int index) {
        Commit commit = COMMITS.get(index);
        return switch (random.nextInt(5)) {
            case 0 -> new Expected(time(commit.at(), true), index + 1);
            case 1 -> new Expected(time(commit.at(), false), index);
            case 2 -> new Expected(time(commit.at().plus(1, ChronoUnit.MICROS), true), index + 1);
            case 3 -> new Expected(xid(commit.xid(), true), index + 1);
            default -> new Expected(xid(commit.xid(), false), index);
        };
    }

    private static RecoveryTarget time(Instant at, boolean inclusive) {
        return new RecoveryTarget(TargetKind.TIME, at.toString(), inclusive, Optional.empty());
    }

    private static RecoveryTarget xid(long xid, boolean inclusive) {
        return new RecoveryTarget(TargetKind.XID, Long.toString(xid), inclusive, Optional.empty());
    }

    private static List<Long> rows(RestoreOutcome outcome) throws Exception {
        try (Database session = connect(outcome)) {
            return session.query(row -> row.number("id"), "SELECT id FROM live ORDER BY id");
        }
    }

    private static List<Long> committed(RestoreOutcome outcome, long first, long last)
            throws Exception {
        try (Database session = connect(outcome)) {
            return SourceCluster.committed(session, first, last);
        }
    }

    private static Database connect(RestoreOutcome outcome) throws Exception {
        return Database.connect(
                ConnectionSpec.parse(
                        outcome.connection().orElseThrow(), Map.of(), source.host().currentUser()),
                CancelToken.never());
    }

    private RestoreFolder folder() {
        return RestoreFolder.of(home, plan.id());
    }
}
