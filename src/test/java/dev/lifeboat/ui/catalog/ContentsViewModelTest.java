package dev.lifeboat.ui.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.restore.logical.DumpContents;
import dev.lifeboat.ui.TestContexts;
import dev.lifeboat.ui.task.FakeServices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ContentsViewModelTest {
    private final FakeServices services = new FakeServices();
    private List<CatalogEntry> fulls;

    @BeforeEach
    void fill() {
        fulls = SampleCatalog.of(40, Map.of()).ofKind(BackupKind.FULL);
        services.contents = SampleCatalog.contents();
    }

    private static CatalogRow row(CatalogEntry entry) {
        return CatalogRow.of(entry, new FakeServices().generations(SampleCatalog.of(1, Map.of())));
    }

    private ContentsViewModel looking(int full) {
        var model = new ContentsViewModel(TestContexts.of(services));
        model.look(row(fulls.get(full)), Optional.of(fulls.get(full)));
        return model;
    }

    @Test
    void fetchesNothingBeforeItIsAsked() {
        ContentsViewModel model = looking(0);

        assertThat(model.readableProperty().get()).isTrue();
        assertThat(model.getTold()).contains("that alone is fetched, of 383 GiB");
        assertThat(model.lines()).isEmpty();
    }

    @Test
    void tellsWhatIsInTheDumpAndHowMuchWasFetchedForIt() {
        ContentsViewModel model = looking(0);

        model.read();

        assertThat(model.lines()).contains("TABLE DATA public orders shop");
        assertThat(model.getTold())
                .contains("9 entries, the rows of 3 tables")
                .contains("Of 383 GiB the first 192 KiB were fetched");
        model.narrow("public ORDERS");
        assertThat(model.lines())
                .containsExactly("TABLE public orders shop", "TABLE DATA public orders shop");
    }

    @Test
    void saysThatSqlHasNoTableOfContents() {
        services.contents = new DumpContents(Optional.empty(), 65_536, 1 << 30);
        ContentsViewModel model = looking(0);

        model.read();

        assertThat(model.listedProperty().get()).isFalse();
        assertThat(model.getTold()).startsWith("It is SQL without a table of contents");
    }

    @Test
    void offersNothingOfWhatMustThawFirst() {
        ContentsViewModel model = looking(fulls.size() - 1);

        model.read();

        assertThat(model.readableProperty().get()).isFalse();
        assertThat(model.getTold()).contains("12 to 48 h to thaw");
        assertThat(model.lines()).isEmpty();
    }

    @Test
    void isOfDumpsAloneAndOfWhatTheBucketsTold() {
        CatalogEntry base = SampleCatalog.of(1, Map.of()).entries().getFirst();
        var model = new ContentsViewModel(TestContexts.of(services));

        model.look(row(base), Optional.of(base));
        assertThat(model.hasContentsProperty().get()).isFalse();
        assertThat(model.readableProperty().get()).isFalse();

        model.look(row(fulls.getFirst()), Optional.empty());
        assertThat(model.hasContentsProperty().get()).isTrue();
        assertThat(model.readableProperty().get()).isFalse();
    }

    @Test
    void anAnswerAboutOneDumpIsNotShownUnderAnother() {
        Deque<Runnable> asked = new ArrayDeque<>();
        var model = new ContentsViewModel(TestContexts.of(services, asked::add));
        model.look(row(fulls.get(0)), Optional.of(fulls.get(0)));
        model.read();
        assertThat(model.readingProperty().get()).isTrue();

        model.look(row(fulls.get(1)), Optional.of(fulls.get(1)));
        asked.remove().run();

        assertThat(model.readingProperty().get()).isFalse();
        assertThat(model.listedProperty().get()).isFalse();
        assertThat(model.lines()).isEmpty();
    }

    @Test
    void canBeStoppedAndReadAgain() {
        Deque<Runnable> asked = new ArrayDeque<>();
        var model = new ContentsViewModel(TestContexts.of(services, asked::add));
        model.look(row(fulls.get(0)), Optional.of(fulls.get(0)));
        model.read();

        model.stop();
        asked.remove().run();

        assertThat(model.lines()).isEmpty();
        model.read();
        asked.remove().run();
        assertThat(model.lines()).isNotEmpty();
    }

    @Test
    void tellsWhyItCouldNotBeReadAndOffersItAgain() {
        services.problem = FakeServices.unreachable();
        ContentsViewModel model = looking(0);

        model.read();

        assertThat(model.problemProperty().get()).isEqualTo(FakeServices.unreachable());
        assertThat(model.readableProperty().get()).isTrue();
    }
}
