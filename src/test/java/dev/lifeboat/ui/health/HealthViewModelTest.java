package dev.lifeboat.ui.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.TestContexts;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.theme.Role;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;

class HealthViewModelTest {
    @TempDir Path cache;
    private final FakeServices services = new FakeServices();

    @BeforeEach
    void fill() {
        services.cache = cache;
        services.health = SampleHealth.troubled();
    }

    private HealthViewModel read() {
        var model = new HealthViewModel(TestContexts.of(services));
        model.refresh();
        return model;
    }

    @Test
    void givesTheFourAnswersInTheOrderOfTheQuestions() {
        HealthSummary summary = read().getSummary();

        assertThat(summary.answers())
                .extracting(HealthSummary.Answer::question)
                .containsExactly(
                        "To when can I go back?",
                        "What do I lose?",
                        "How long will it take?",
                        "Is it any good?");
        assertThat(summary.answers().get(1).big()).isEqualTo("19 m");
        assertThat(summary.answers().get(1).role()).isEqualTo(Role.DANGER);
    }

    @Test
    void neverTakesNotKnownForWell() {
        services.health = SampleHealth.nothing();

        HealthSummary summary = read().getSummary();

        assertThat(summary.answers().getFirst().role()).isEqualTo(Role.DANGER);
        assertThat(summary.answers().getFirst().big()).isEqualTo("not known");
        assertThat(summary.regions())
                .isNotEmpty()
                .allMatch(region -> region.role() == Role.MUTED)
                .extracting(HealthSummary.RegionLine::state)
                .containsOnly("not known");
    }

    @Test
    void promisesNoWayBackWithoutTheKey() {
        services.health = SampleHealth.wrongKey();

        HealthSummary summary = read().getSummary();
        HealthSummary.Answer when = summary.answers().getFirst();

        assertThat(when.role()).isEqualTo(Role.DANGER);
        assertThat(when.below()).startsWith("Not with the keys known here");
        assertThat(summary.regions())
                .isNotEmpty()
                .allMatch(region -> region.role() == Role.DANGER)
                .extracting(HealthSummary.RegionLine::state)
                .containsOnly("no key here opens it");
    }

    @Test
    void showsWhatWasReadLastBeforeAnybodyAnswers() {
        HealthSummary first = read().getSummary();
        Queue<Runnable> asked = new ArrayDeque<>();
        var model = new HealthViewModel(TestContexts.of(services, asked::add));

        model.refresh();
        asked.remove().run();

        assertThat(model.getSummary()).isEqualTo(first);
        assertThat(model.isLoading()).isTrue();
    }

    @Test
    void keepsWhatItShowedWhenItCannotBeReadAgain() {
        HealthViewModel model = read();
        HealthSummary before = model.getSummary();
        services.problem = FakeServices.unreachable();

        model.refresh();

        assertThat(model.getSummary()).isEqualTo(before);
        assertThat(model.getProblem()).isEqualTo(FakeServices.unreachable());
    }
}
