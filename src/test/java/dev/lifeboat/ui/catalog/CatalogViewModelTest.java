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
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

        assertThat(model.getArrangement().rows()).hasSize(40);
        assertThat(model.isLoading()).isFalse();
        assertThat(model.isLive()).isTrue();
        assertThat(model.getAt()).isEqualTo(FakeServices.NOW);
    }

    @Test
    void showsTheCacheBeforeTheBucketsAnswerAndOffersNothingFromIt() {
        shown();
        Deque<Runnable> asked = new ArrayDeque<>();
        var model = new CatalogViewModel(TestContexts.of(services, asked::add));

        model.refresh();
        asked.remove().run();
        asked.removeLast().run();

        assertThat(model.getArrangement().rows()).hasSize(40);
        assertThat(model.isLive()).isFalse();
        assertThat(model.entry(model.getArrangement().rows().getFirst())).isEmpty();
    }

    @Test
    void keepsWhatItShowedWhenItCannotBeReadAgain() {
        CatalogViewModel model = shown();
        services.problem = FakeServices.unreachable();

        model.refresh();

        assertThat(model.getArrangement().rows()).hasSize(40);
        assertThat(model.getProblem()).isEqualTo(FakeServices.unreachable());
    }

    @Test
    void tellsUntilWhenTheRulesKeepAFullAndNothingOfTheKindOfABase() {
        CatalogRow base = shown().getArrangement().rows().getFirst();
        CatalogRow full = shown().getArrangement().rows().get(1);

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

        assertThat(model.getArrangement().rows())
                .isNotEmpty()
                .allMatch(row -> row.kind() == BackupKind.BASE && !row.verifiedOk());
        assertThat(model.getSummary()).endsWith("of 40 backups");
    }

    @Test
    void ordersBackupsAsAskedAndByTimeAgainAfterwards() {
        CatalogViewModel model = shown();
        List<CatalogRow> byTime = model.getArrangement().rows();

        model.setOrder(Comparator.comparingLong(CatalogRow::storedBytes));

        assertThat(model.getArrangement().rows())
                .isNotEqualTo(byTime)
                .isSortedAccordingTo(Comparator.comparingLong(CatalogRow::storedBytes));
        model.setOrder(null);
        assertThat(model.getArrangement().rows()).isEqualTo(byTime);
    }

    @Test
    void answersOfAnEarlierFilterAreNotShownAfterThoseOfALaterOne() {
        Deque<Runnable> asked = new ArrayDeque<>();
        var model = new CatalogViewModel(TestContexts.of(services, asked::add));
        model.refresh();
        asked.removeLast().run();
        asked.removeLast().run();

        model.setFilter(onlyText("base"));
        model.setFilter(onlyText("full"));
        Runnable later = asked.removeLast();
        Runnable earlier = asked.removeLast();
        later.run();
        earlier.run();

        assertThat(model.getArrangement().rows())
                .isNotEmpty()
                .allMatch(row -> row.kind() == BackupKind.FULL);
    }

    @Test
    void aRegionThatDidNotAnswerIsNotCountedAsLackingAnything() {
        services.catalog = SampleCatalog.of(40, Map.of(Region.Role.DR, FakeServices.unreachable()));
        CatalogViewModel model = shown();

        model.setFilter(new CatalogFilter("", Optional.empty(), false, true, false, false));

        assertThat(model.getArrangement().rows()).isEmpty();
        assertThat(model.comparison())
                .contains("0 of 40 backups lie whole in both regions, 0 in the primary alone")
                .contains("Of 40 it is not known");
    }

    private static CatalogFilter onlyText(String text) {
        return new CatalogFilter(text, Optional.empty(), false, false, false, false);
    }

    @Test
    void startsVerificationAsACommand() {
        CatalogViewModel model = shown();

        model.verify(model.getArrangement().rows().getFirst());

        assertThat(services.started.getFirst())
                .containsExactly(
                        "verify",
                        model.getArrangement().rows().getFirst().id(),
                        "--level",
                        "readable");
    }
}
