package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.Plans;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.TargetAction;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

class PlanViewModelTest {
    private final SteppedClock clock = new SteppedClock(Sights.NOW);
    private final FlowServices services = new FlowServices();
    private final List<List<String>> started = new ArrayList<>();
    private final PlanViewModel model =
            new PlanViewModel(Sights.context(services, clock), (id, words) -> started.add(words));

    @BeforeEach
    void aPlanWithoutTrouble() {
        services.plan = Plans.physical();
        services.items.add(
                Sights.item("free-space", CheckItem.State.OK, "2 TiB", "1 TiB", "", true));
    }

    @Test
    void startsExactlyThePlanThatIsShown() {
        model.plan(new Wish.Cluster(request()));

        model.start();

        assertThat(started).hasSize(1);
        assertThat(started.getFirst().subList(0, 2)).containsExactly("restore", "--from-plan");
        assertThat(started.getFirst().get(2)).contains(Plans.physical().id());
        assertThat(services.given).containsExactly(Plans.physical());
    }

    @Test
    void doesNotStartWhileSomethingBlocks() {
        services.items.add(
                Sights.item("port", CheckItem.State.BLOCKED, "taken", "free", "--port", false));
        model.plan(new Wish.Cluster(request()));

        model.start();

        assertThat(started).isEmpty();
        assertThat(model.isStartAllowed()).isFalse();
        assertThat(model.getHindrance()).contains("Port");
    }

    @Test
    void doesNotStartBeforeSomebodyVouchedForWhatIsHuman() {
        services.items.add(Sights.human("team-notified", "they know", "Tell them."));
        model.plan(new Wish.Cluster(request()));
        model.start();
        assertThat(started).isEmpty();

        model.attest("team-notified", "maria");
        model.start();

        assertThat(started.getFirst()).containsSequence("--attest", "team-notified=maria");
    }

    @Test
    void tellsWhenSomebodyVouched() {
        services.items.add(Sights.human("team-notified", "they know", "Tell them."));
        model.plan(new Wish.Cluster(request()));
        assertThat(model.getItems()).noneMatch(item -> model.saidAt(item).isPresent());

        model.attest("team-notified", "maria");

        assertThat(model.getItems())
                .filteredOn(item -> model.saidAt(item).isPresent())
                .extracting(CheckItem::id)
                .containsExactly("team-notified");
    }

    @Test
    void theRestoreIsToldWhenSomebodyVouched() {
        services.items.add(Sights.human("team-notified", "they know", "Tell them."));
        model.plan(new Wish.Cluster(request()));
        Instant said = clock.instant();
        model.attest("team-notified", "maria");
        clock.forward(Duration.ofMinutes(5));

        model.start();

        assertThat(started.getFirst()).containsSequence("--said-at", "team-notified=" + said);
        assertThat(model.command()).doesNotContain("--said-at");
    }

    @Test
    void aReasonStandsInForWhatMayBeRisked() {
        services.items.add(
                Sights.item("free-space-2", CheckItem.State.BLOCKED, "1", "2", "Free it.", true));
        model.plan(new Wish.Cluster(request()));

        model.override("free-space-2", "compressed file system");

        assertThat(model.isStartAllowed()).isTrue();
        model.start();
        assertThat(started.getFirst())
                .containsSequence("--override", "free-space-2=compressed file system");
    }

    @Test
    void noReasonStandsInForWhatIsForbidden() {
        services.items.add(
                Sights.item("encryption-key", CheckItem.State.BLOCKED, "a", "b", "Set it.", false));
        model.plan(new Wish.Cluster(request()));

        model.override("encryption-key", "I know better");

        assertThat(model.isStartAllowed()).isFalse();
        assertThat(model.getProblem()).isNotNull();
    }

    @Test
    void wantsTheNameTypedWhereSomethingIsMovedAside() {
        services.plan = Plans.overExisting(Path.of("/srv/pg"));
        model.plan(new Wish.Cluster(request()));
        assertThat(model.isStartAllowed()).isFalse();
        assertThat(model.command()).doesNotContain("--confirm");

        model.setTyped("/srv/p");
        assertThat(model.isStartAllowed()).isFalse();
        model.setTyped("/srv/pg");
        model.start();

        assertThat(started.getFirst()).containsSequence("--confirm", "/srv/pg");
    }

    @Test
    void aPlanThatCannotBeMadeIsToldAndStartsNothing() {
        services.problem = Sights.darkRegion();
        model.plan(new Wish.Cluster(request()));

        model.start();

        assertThat(started).isEmpty();
        assertThat(model.getProblem()).isEqualTo(Sights.darkRegion());
    }

    @Test
    void keepsWhatItShowedWhenMeasuringAgainFails() {
        model.plan(new Wish.Cluster(request()));
        services.problem = Sights.darkRegion();

        model.measureAgain();

        assertThat(model.getPlan()).isNotNull();
        assertThat(model.getItems()).isNotEmpty();
        assertThat(model.getProblem()).isEqualTo(Sights.darkRegion());
        assertThat(model.isStartAllowed()).isFalse();
        assertThat(model.getHindrance()).contains("failed");
    }

    @Test
    void anotherPlanForgetsWhatWasSaidAndTyped() {
        services.items.add(Sights.human("team-notified", "they know", "Tell them."));
        model.plan(new Wish.Cluster(request()));
        model.attest("team-notified", "maria");
        model.setTyped("x");

        model.plan(new Wish.Cluster(request()));

        assertThat(model.getTyped()).isEmpty();
        assertThat(model.isStartAllowed()).isFalse();
    }

    @Test
    void aDumpStartsOnlyOnceItsDatabaseWasTyped() {
        services.dump = Plans.logical();
        model.plan(dump("auto"));
        model.start();
        assertThat(started).isEmpty();

        model.setTyped("shop@db1:5432");
        model.start();

        assertThat(started.getFirst()).containsSequence("--confirm", "shop@db1:5432");
        assertThat(model.command())
                .startsWith("restore", "shop_full_20260407_020000", "--region", "auto");
    }

    @Test
    void takesTheSameFromBothRegionsWhereOneDoesNotDo() {
        services.problem = Sights.darkRegion();
        model.plan(dump("primary"));
        assertThat(model.mend().orElseThrow().kind()).isEqualTo(Mend.Kind.BOTH_REGIONS);

        services.problem = null;
        services.dump = Plans.logical();
        model.takeFrom("auto");

        assertThat(services.regions).containsExactly("primary", "auto");
        assertThat(model.getPlan()).isEqualTo(Plans.logical());
        assertThat(model.mend()).isEmpty();
    }

    @Test
    void measuresAnOldListAgainInsteadOfStarting() {
        services.items.add(Sights.human("team-notified", "they know", "Tell them."));
        model.plan(new Wish.Cluster(request()));
        model.attest("team-notified", "maria");
        clock.forward(Duration.ofMinutes(11));
        services.items.add(
                Sights.item("port", CheckItem.State.BLOCKED, "taken", "free", "--port", false));

        model.start();

        assertThat(started).isEmpty();
        assertThat(model.getHindrance()).contains("Port");
        assertThat(model.isStale()).isFalse();
    }

    @Test
    void startsAfterAnOldListWasMeasuredAgainAndStillAllowsIt() {
        model.plan(new Wish.Cluster(request()));
        clock.forward(Duration.ofMinutes(11));

        model.start();

        assertThat(started).hasSize(1);
        assertThat(model.measuredAt()).contains(clock.instant());
    }

    @Test
    void whoVouchesForTheStateHasItWrittenIntoTheRestore() {
        services.items.add(Sights.human("state-documented", "it is", "Note it."));
        model.plan(new Wish.Cluster(request()));

        model.getPreparation().document("maria");
        model.start();

        assertThat(started.getFirst()).containsSequence("--attest", "state-documented=maria");
        assertThat(services.kept).containsEntry(Plans.physical().id(), Sights.before());
    }

    @Test
    void nobodyVouchesForAStateThatCouldNotBeTaken() {
        services.items.add(Sights.human("state-documented", "it is", "Note it."));
        model.plan(new Wish.Cluster(request()));
        services.problem = Sights.darkRegion();

        model.getPreparation().document("maria");

        assertThat(model.getPreparation().getProblem()).isEqualTo(Sights.darkRegion());
        assertThat(model.isStartAllowed()).isFalse();
        assertThat(model.getPreparation().isBusy()).isFalse();
    }

    @Test
    void theStateOfOnePlanIsNotKeptForAnother() {
        services.items.add(Sights.human("state-documented", "it is", "Note it."));
        model.plan(new Wish.Cluster(request()));
        model.getPreparation().document("maria");

        model.plan(new Wish.Cluster(request()));
        model.attest("state-documented", "luca");
        model.start();

        assertThat(services.kept).isEmpty();
    }

    @Test
    void whoVouchesForTheTeamHasItTold() {
        services.items.add(Sights.human("team-notified", "they know", "Tell them."));
        model.plan(new Wish.Cluster(request()));

        model.getPreparation().tell(model.getPlan(), "maria");
        model.start();

        assertThat(services.told.getFirst())
                .contains("orders-prod", Plans.physical().id(), "pg-dr-01", "maria");
        assertThat(started.getFirst()).containsSequence("--attest", "team-notified=maria");
    }

    @Test
    void nobodyVouchesForATeamThatWasNotTold() {
        services.items.add(Sights.human("team-notified", "they know", "Tell them."));
        model.plan(new Wish.Cluster(request()));
        services.problem = Sights.darkRegion();

        model.getPreparation().tell(model.getPlan(), "maria");

        assertThat(model.isStartAllowed()).isFalse();
    }

    @Test
    void aStateThatCannotBeKeptStopsTheStart() {
        services.items.add(Sights.human("state-documented", "it is", "Note it."));
        model.plan(new Wish.Cluster(request()));
        model.getPreparation().document("maria");
        services.problem = Sights.darkRegion();

        model.start();

        assertThat(started).isEmpty();
        assertThat(model.getProblem()).isEqualTo(Sights.darkRegion());
    }

    private static Wish dump(String region) {
        return new Wish.Dump(
                new LogicalRequest("shop_full_20260407_020000", region, OptionalInt.empty()));
    }

    private static RestoreRequest request() {
        return new RestoreRequest(
                RestoreRequest.LATEST,
                RecoveryTarget.latest(),
                TargetAction.PAUSE,
                "auto",
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
