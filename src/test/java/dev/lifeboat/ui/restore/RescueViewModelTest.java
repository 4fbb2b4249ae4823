package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.settings.Classification;
import dev.lifeboat.ui.restore.RescueViewModel.Deed;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.ProfileFacts;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class RescueViewModelTest {
    private static final String LIVE = "orders@db.internal:5432";

    private final FlowServices services = RescueSights.services();
    private final RescueViewModel model = new RescueViewModel(Sights.context(services));

    @Test
    void comparesTheTablesThatAreTyped() {
        compare("scenario_logs, public.orders");

        assertThat(services.commands)
                .containsExactly(
                        List.of(
                                "rescue",
                                Sights.ID,
                                "--table",
                                "scenario_logs",
                                "--table",
                                "public.orders"));
        assertThat(model.getReports()).hasSize(2);
        assertThat(model.getProblem()).isNull();
    }

    @Test
    void bringsBackWhatWasComparedOnceTheLiveDatabaseWasTyped() {
        compare("scenario_logs");
        model.ask(Deed.MISSING);
        assertThat(model.question().orElseThrow()).contains("9532", LIVE);

        services.results = List.of(RescueSights.applied());
        model.confirm(LIVE);

        assertThat(services.commands.getLast())
                .containsExactly("rescue", Sights.ID, "--table", "scenario_logs", "--apply");
        assertThat(model.getReports().getFirst().applied()).isPresent();
        assertThat(model.isInDoubt()).isFalse();
    }

    @Test
    void changedRowsAreOverwrittenOnlyWhenThatWasAsked() {
        compare("scenario_logs");
        model.ask(Deed.MISSING_AND_CHANGED);
        model.confirm(LIVE);

        assertThat(services.commands.getLast()).contains("--include-changed", "--apply");
    }

    @Test
    void writesNothingWhenAnotherNameWasTyped() {
        compare("scenario_logs");
        model.ask(Deed.MISSING);

        model.confirm("");
        model.confirm("orders@db.internal");
        model.confirm(Sights.ID);

        assertThat(services.commands).hasSize(1);
    }

    @Test
    void writesNothingThatWasNotAskedAbout() {
        compare("scenario_logs");

        model.confirm(LIVE);

        assertThat(services.commands).hasSize(1);
    }

    @Test
    void writesNothingToADatabaseThatWasNotCompared() {
        compare("scenario_logs");
        model.ask(Deed.MISSING);

        services.profile = withDatabase(Optional.of("orders@another:5432"));
        model.confirm("orders@another:5432");
        model.confirm(LIVE);

        assertThat(services.commands).hasSize(1);
    }

    @Test
    void writesNothingOfATableThatWasNotCompared() {
        compare("scenario_logs");
        model.ask(Deed.MISSING);

        model.tablesProperty().set("users");
        assertThat(model.question()).isEmpty();
        model.ask(Deed.MISSING);
        model.confirm(LIVE);

        assertThat(services.commands).hasSize(1);
    }

    @Test
    void writesNothingOfAnotherRestoreThanTheOneCompared() {
        compare("scenario_logs");
        model.ask(Deed.MISSING);

        RestoreView seen = services.restores.getFirst();
        model.show(
                new RestoreView(
                        "another",
                        seen.state(),
                        seen.stage(),
                        seen.plan(),
                        seen.startedAt(),
                        seen.connection(),
                        seen.history()),
                Optional.empty());
        model.confirm(LIVE);

        assertThat(services.commands).hasSize(1);
        assertThat(model.getReports()).isEmpty();
    }

    @Test
    void theQuestionFallsWhenTheCopyCanNoLongerBeRead() {
        compare("scenario_logs");
        model.ask(Deed.MISSING);

        model.show(Sights.view(RestoreState.HANDED_OVER, Sights.upToPause()), Optional.empty());
        model.confirm(LIVE);

        assertThat(model.question()).isEmpty();
        assertThat(services.commands).hasSize(1);
    }

    @Test
    void offersNothingWhereNothingIsMissing() {
        services.results = List.of(RescueSights.same());
        open("users");
        model.compare();

        assertThat(model.canBring(Deed.MISSING)).isFalse();
        assertThat(model.canBring(Deed.MISSING_AND_CHANGED)).isFalse();
    }

    @Test
    void comparesNothingWithoutALiveDatabaseOrATable() {
        open("   ,");
        assertThat(model.canCompare()).isFalse();

        services.profile = withDatabase(Optional.empty());
        open("users");
        model.compare();

        assertThat(services.commands).isEmpty();
    }

    @Test
    void aCommandThatEndedBadlyLeavesItOpenWhatCameBack() {
        compare("scenario_logs");
        model.ask(Deed.MISSING);
        services.exitCode = 1;
        services.results =
                List.of(
                        "{\"problem\":{\"code\":\"DATABASE_UNREACHABLE\",\"what\":\"It is gone.\","
                                + "\"why\":\"It hung up.\",\"remedy\":\"Look.\"}}");

        model.confirm(LIVE);

        assertThat(model.isInDoubt()).isTrue();
        assertThat(model.getProblem().code()).isEqualTo(ProblemCode.DATABASE_UNREACHABLE);
        assertThat(model.canBring(Deed.MISSING)).isFalse();
    }

    @Test
    void anAnswerThatCannotBeReadLeavesItOpenWhatCameBack() {
        compare("scenario_logs");
        model.ask(Deed.MISSING);
        services.results = List.of("{}");

        model.confirm(LIVE);

        assertThat(model.isInDoubt()).isTrue();
        assertThat(model.getProblem().code()).isEqualTo(ProblemCode.PROGRAM_FAILED);
    }

    private static DatabaseState live(int moreTables) {
        DatabaseState all = Sights.before();
        return new DatabaseState(
                all.database(),
                all.takenAt(),
                all.server(),
                all.sizeBytes(),
                List.of(all.table("public.users").orElseThrow()),
                moreTables,
                all.extensions());
    }

    @Test
    void proposesOnceWhatTheLiveDatabaseLacked() {
        RestoreView paused = Sights.view(RestoreState.PAUSED, Sights.upToFindings());

        model.show(paused, Optional.of(live(0)));
        assertThat(model.tablesProperty().get()).isEqualTo("public.scenario_logs");

        model.tablesProperty().set("");
        model.show(paused, Optional.of(live(0)));
        assertThat(model.tablesProperty().get()).isEmpty();
    }

    @Test
    void proposesNothingWhereNotAllTablesWereWrittenDown() {
        model.show(Sights.view(RestoreState.PAUSED, Sights.upToFindings()), Optional.of(live(3)));

        assertThat(model.tablesProperty().get()).isEmpty();
    }

    @Test
    void aProblemOfTheCopyAsItWasIsForgottenOnceItWentOn() {
        services.exitCode = 1;
        services.results =
                List.of(
                        "{\"problem\":{\"code\":\"TABLE_LOCKED\",\"what\":\"It is locked.\","
                                + "\"why\":\"It waits.\",\"remedy\":\"Promote.\"}}");
        compare("scenario_logs");
        assertThat(model.getProblem()).isNotNull();

        model.show(Sights.view(RestoreState.PROMOTED, Sights.upToPause()), Optional.empty());

        assertThat(model.getProblem()).isNull();
    }

    private void open(String tables) {
        model.show(services.restores.getFirst(), Optional.empty());
        model.tablesProperty().set(tables);
    }

    private void compare(String tables) {
        services.results = List.of(RescueSights.compared());
        open(tables);
        model.compare();
    }

    private static ProfileFacts withDatabase(Optional<String> database) {
        ProfileFacts known = FakeServices.profileOf(Classification.PRODUCTION);
        return new ProfileFacts(
                known.name(),
                known.classification(),
                database,
                known.regions(),
                known.prefix(),
                known.contradictions(),
                known.problem());
    }
}
