package dev.lifeboat.ui.restore;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.QueryAnswer;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.handover.OldServer;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.settings.OwnQuery;
import dev.lifeboat.ui.task.Command;
import dev.lifeboat.ui.task.Commands;
import dev.lifeboat.ui.task.FakeServices;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Services that answer what a test of the restore's pages put into them. */
final class FlowServices extends FakeServices {
    final List<List<String>> commands = new ArrayList<>();
    final List<CheckItem> items = new ArrayList<>();
    final List<String> regions = new ArrayList<>();
    final Map<String, DatabaseState> kept = new HashMap<>();
    final List<RestorePlan> given = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<OwnQuery> queries = new ArrayList<>();
    PhysicalPlan plan;
    LogicalPlan dump;
    RestoreSample sample;
    QueryAnswer answer;
    OldServer old;
    int exitCode;
    List<String> results = List.of();

    FlowServices() {
        restores = new ArrayList<>();
    }

    @Override
    public PhysicalPlan plan(RestoreRequest request, CancelToken cancel) throws RecoveryException {
        regions.add(request.region());
        return answer(plan);
    }

    @Override
    public LogicalPlan plan(LogicalRequest request, CancelToken cancel) throws RecoveryException {
        regions.add(request.region());
        return answer(dump);
    }

    @Override
    public Checklist checklist(RestorePlan planned, CancelToken cancel) throws RecoveryException {
        return answer(new Checklist(items, planned.confirm()));
    }

    @Override
    public Optional<RestoreSample> sample(String id) {
        return Optional.ofNullable(sample);
    }

    @Override
    public QueryAnswer look(String connection, String sql, CancelToken cancel)
            throws RecoveryException {
        return answer(answer);
    }

    @Override
    public OldServer oldServer(PhysicalPlan of, CancelToken cancel) throws RecoveryException {
        return answer(old);
    }

    @Override
    public DatabaseState document(CancelToken cancel) throws RecoveryException {
        return answer(Sights.before());
    }

    @Override
    public void keep(String id, DatabaseState state) throws RecoveryException {
        kept.put(id, answer(state));
    }

    @Override
    public Path hand(RestorePlan handed) throws RecoveryException {
        given.add(answer(handed));
        return folder(handed.id()).resolve("plan-handed.json");
    }

    @Override
    public Optional<DatabaseState> documented(String id) {
        return Optional.ofNullable(kept.get(id));
    }

    @Override
    public boolean tellsTeam() {
        return true;
    }

    @Override
    public void tellTeam(String text, CancelToken cancel) throws RecoveryException {
        told.add(answer(text));
    }

    @Override
    public List<OwnQuery> queries() {
        return queries;
    }

    @Override
    public Commands commands() {
        return words -> {
            commands.add(words);
            return new Over(words);
        };
    }

    /** A command that is over at once. */
    private final class Over implements Command {
        private final List<String> words;

        Over(List<String> words) {
            this.words = words;
        }

        @Override
        public String twin() {
            return "lifeboat " + String.join(" ", words);
        }

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public int follow(Consumer<String> lines, Consumer<String> talk, CancelToken cancel) {
            results.forEach(lines);
            return exitCode;
        }

        @Override
        public void interrupt() {}

        @Override
        public List<String> talk() {
            return List.of();
        }
    }
}
