package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.StopMode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is kept of a restore, and what its checks found. */
class RestoreRecordIT {
    private static SourceCluster source;

    private Path home;
    private PhysicalPlan plan;

    @BeforeAll
    static void makeASourceWithHistory() throws Exception {
        source = SourceCluster.make();
    }

    @AfterAll
    static void removeTheSource() throws Exception {
        source.close();
    }

    @BeforeEach
    void planARestore() throws Exception {
        home = source.folder("home");
        plan = source.plan(home, source.points().get(1), TargetAction.PAUSE);
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
    void liesInBothRegionsWithPlanChecklistStagesChecksAndEvents() throws Exception {
        var evidence =
                new Evidence(
                        "team-notified",
                        "human",
                        "ok",
                        "attested by Ada",
                        "the team knows",
                        Optional.of("Ada"),
                        Optional.empty(),
                        Optional.of("2026-04-07T14:58:03Z"));

        RestoreJob.create(folder(), plan, List.of(evidence), source.tools(), _ -> {})
                .run(CancelToken.never());

        JsonNode record = record("primary");
        assertThat(record("dr")).isEqualTo(record);
        assertThat(record.path("state").asText()).isEqualTo("paused");
        assertThat(record.path("plan").path("target").path("kind").asText()).isEqualTo("lsn");
        assertThat(record.path("checklist").get(0).path("attestedBy").asText()).isEqualTo("Ada");
        assertThat(record.path("checklist").get(0).path("saidAt").asText())
                .isEqualTo("2026-04-07T14:58:03Z");
        assertThat(record.path("rescues").isEmpty()).isTrue();
        assertThat(record.path("stages").findValuesAsText("name"))
                .contains("fetch", "replay", "assert", "pause", "verify");
        assertThat(record.path("reached").path("lsn").asText()).isNotEmpty();
        assertThat(record.path("checks").path("ok").asBoolean()).isTrue();
        assertThat(record.path("checks").path("findings").findValuesAsText("id"))
                .contains("rows:public.t", "query:no row is short of its text");
        assertThat(record.path("events").findValuesAsText("event"))
                .contains("restore-began", "target-reached", "verified");
        assertThat(record.path("problem").isNull()).isTrue();
    }

    @Test
    void tellsTheLaterEndUnderTheSameKey() throws Exception {
        run();
        RestoreJob.open(folder(), source.tools(), _ -> {}).discard(CancelToken.never());

        assertThat(record("dr").path("state").asText()).isEqualTo("discarded");
    }

    @Test
    void tellsOfTheRescuesFromTheCopyInBothRegions() throws Exception {
        run();
        Files.createDirectories(folder().rescue());
        try (var journal =
                RescueJournal.begin(
                        folder(), Map.of("into", "shop@db:5432"), source.tools().clock())) {
            journal.table(Map.of("table", "public.t", "inserted", 409));
            journal.ended();
        }

        RestoreView view = RestoreView.of(folder(), source.host());
        source.tools()
                .recordKeeper()
                .orElseThrow()
                .keep(
                        plan.id(),
                        view.startedAt().orElseThrow(),
                        RestoreRecord.of(folder(), view, source.host()),
                        (_, _) -> {});

        assertThat(record("dr")).isEqualTo(record("primary"));
        JsonNode rescue = record("dr").path("rescues").path(0);
        assertThat(rescue.path("into").asText()).isEqualTo("shop@db:5432");
        assertThat(rescue.path("outcome").asText()).isEqualTo("done");
        assertThat(rescue.path("copy").path("state").asText()).isEqualTo("paused");
        assertThat(rescue.path("copy").path("lsn").asText())
                .isEqualTo(record("dr").path("reached").path("lsn").asText());
        assertThat(rescue.path("tables").path(0).path("inserted").asLong()).isEqualTo(409);
        assertThat(record("dr").path("checkedAt").asText()).isNotEmpty();
    }

    @Test
    void tellsTheProblemOfARestoreThatFailed() throws Exception {
        String gone = plan.wal().segments().get(1);
        byte[] kept = source.removeSegment(gone);
        try {
            assertThatThrownBy(this::run).isInstanceOf(RecoveryException.class);
        } finally {
            source.putSegment(gone, kept);
        }

        assertThat(record("primary").path("problem").path("code").asText()).isEqualTo("WAL_ABSENT");
    }

    private void run() throws Exception {
        RestoreJob.create(folder(), plan, source.tools(), _ -> {}).run(CancelToken.never());
    }

    private RestoreFolder folder() {
        return RestoreFolder.of(home, plan.id());
    }

    private JsonNode record(String region) throws Exception {
        var startedAt = RestoreView.of(folder(), source.host()).startedAt().orElseThrow();
        String key = "records/restore/" + Timestamps.day(startedAt) + "/" + plan.id() + ".json";
        return new ObjectMapper().readTree(source.stored(region, key));
    }
}
