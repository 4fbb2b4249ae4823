package dev.lifeboat.ui.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.TestContexts;
import dev.lifeboat.ui.task.FakeServices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

class CatalogViewModelTest {
    @TempDir Path cache;
    private final FakeServices services = new FakeServices();

    @BeforeEach
    void fill() {
        services.cache = cache;
        services.catalog = SampleCatalog.of(40, Map.of());
    }

    private CatalogViewModel shown() {
        var model = new CatalogViewModel(TestContexts.of(services));
        model.refresh();
        return model;
    }

    @Test
    void showsWhatBothRegionsHave() {
        CatalogViewModel model = shown();

        assertThat(model.getRows()).hasSize(40);
        assertThat(model.isLoading()).isFalse();
        assertThat(model.isLive()).isTrue();
        assertThat(model.getAt()).isEqualTo(FakeServices.NOW);
    }

    @Test
    void showsTheCacheBeforeTheBucketsAnswerAndOffersNothingFromIt() {
        shown();
        Queue<Runnable> asked = new ArrayDeque<>();
        var model = new CatalogViewModel(TestContexts.of(services, asked::add));

        model.refresh();
        asked.remove().run();

        assertThat(model.getRows()).hasSize(40);
        assertThat(model.isLive()).isFalse();
        assertThat(model.entry(model.getRows().getFirst())).isEmpty();
    }

    @Test
    void keepsWhatItShowedWhenItCannotBeReadAgain() {
        CatalogViewModel model = shown();
        services.problem = FakeServices.unreachable();

        model.refresh();

        assertThat(model.getRows()).hasSize(40);
        assertThat(model.getProblem()).isEqualTo(FakeServices.unreachable());
    }

    @Test
    void tellsUntilWhenTheRulesKeepAFullAndNothingOfTheKindOfABase() {
        CatalogRow base = shown().getRows().getFirst();
        CatalogRow full = shown().getRows().get(1);

        assertThat(Words.keptUntil(base)).isEmpty();
        assertThat(full.startedAt()).isEqualTo("2026-11-22T13:56:22Z");
        assertThat(Words.keptUntil(full)).isEqualTo("2026-12-22 daily");
    }

    @Test
    void saysWhichRegionDidNotAnswer() {
        services.catalog = SampleCatalog.of(3, Map.of(Region.Role.DR, FakeServices.unreachable()));

        assertThat(shown().getPartial().what()).contains("DR region does not answer");
    }

    @Test
    void showsOnlyWhatFitsTheFilter() {
        CatalogViewModel model = shown();

        model.setFilter(
                new CatalogFilter("", Optional.of(BackupKind.BASE), true, false, false, false));

        assertThat(model.getRows())
                .isNotEmpty()
                .allMatch(row -> row.kind() == BackupKind.BASE && !row.verifiedOk());
        assertThat(model.getSummary()).endsWith("of 40 backups");
    }

    @Test
    void startsVerificationAsACommand() {
        CatalogViewModel model = shown();

        model.verify(model.getRows().getFirst());

        assertThat(services.started.getFirst())
                .containsExactly("verify", model.getRows().getFirst().id(), "--level", "readable");
    }
}
