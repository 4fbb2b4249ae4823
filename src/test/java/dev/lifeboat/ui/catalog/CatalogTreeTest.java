package dev.lifeboat.ui.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.task.FakeServices;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class CatalogTreeTest {
    private static List<CatalogRow> rows(CatalogListing listing) {
        var kept = new FakeServices().generations(listing);
        return listing.entries().stream().map(entry -> CatalogRow.of(entry, kept)).toList();
    }

    private static List<CatalogRow> rows(int count) {
        return rows(SampleCatalog.of(count, Map.of()));
    }

    private static CatalogGroup group(List<CatalogItem> items, int at) {
        return (CatalogGroup) items.get(at);
    }

    private static List<CatalogRow> leaves(List<CatalogItem> items) {
        List<CatalogRow> found = new ArrayList<>();
        for (CatalogItem item : items) {
            switch (item) {
                case CatalogRow row -> found.add(row);
                case CatalogGroup group -> found.addAll(leaves(group.items()));
            }
        }
        return found;
    }

    private static List<String> names(List<CatalogItem> items) {
        return items.stream().map(item -> ((CatalogGroup) item).name()).toList();
    }

    @Test
    void holdsEachBackupOnce() {
        List<CatalogRow> rows = rows(SampleCatalog.ofLines(300));

        assertThat(leaves(CatalogTree.of(rows, FakeServices.NOW)))
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void joinsAHeadingThatStandsAloneToTheOneAboveIt() {
        assertThat(names(CatalogTree.of(rows(40), FakeServices.NOW)))
                .containsExactly(
                        "Physical bases · Timeline 3", "Logical dumps · orders", "Configuration");
    }

    @Test
    void partsTimelinesAndDatabasesTheNewestFirst() {
        List<CatalogItem> kinds = CatalogTree.of(rows(SampleCatalog.ofLines(60)), FakeServices.NOW);

        assertThat(names(kinds)).startsWith("Physical bases", "Logical dumps");
        assertThat(names(group(kinds, 0).items())).containsExactly("Timeline 3", "Timeline 2");
        assertThat(group(group(kinds, 0).items(), 0).isNewest()).isTrue();
        assertThat(group(group(kinds, 0).items(), 1).isNewest()).isFalse();
        assertThat(names(group(kinds, 1).items()))
                .containsExactlyInAnyOrder("orders", "warehouse_of_all_orders_since_2011_europe");
    }

    @Test
    void partsManyIntoTheLastSevenDaysAndTheMonthsBefore() {
        CatalogGroup bases = group(CatalogTree.of(rows(100), FakeServices.NOW), 0);

        assertThat(names(bases.items()))
                .containsExactly("Last 7 days", "Earlier in 2026-11", "2026-10");
        assertThat(group(bases.items(), 0).items()).hasSize(7);
    }

    @Test
    void givesFewNoHeadingsOfTime() {
        assertThat(group(CatalogTree.of(rows(24), FakeServices.NOW), 0).items())
                .hasSize(12)
                .allMatch(CatalogRow.class::isInstance);
    }

    @Test
    void twoClustersAreNotTakenForOneHistory() {
        List<CatalogRow> rows = new ArrayList<>(rows(2));
        CatalogRow base = rows.getFirst();
        rows.add(Rows.ofCluster(base, "1111"));

        CatalogGroup bases = group(CatalogTree.of(rows, FakeServices.NOW), 0);

        assertThat(names(bases.items()))
                .containsExactlyInAnyOrder(
                        "Timeline 3 of cluster 7438219087412345678", "Timeline 3 of cluster 1111");
    }

    @Test
    void aGroupTellsItsNewestItsNewestProvenAndTheWorst() {
        List<CatalogRow> rows = rows(40);
        Tally bases = group(CatalogTree.of(rows, FakeServices.NOW), 0).tally();
        Tally fulls = group(CatalogTree.of(rows, FakeServices.NOW), 1).tally();

        assertThat(bases.newest()).isEqualTo(rows.getFirst().startedAt());
        assertThat(bases.newestProven()).isEmpty();
        assertThat(bases.worst().text()).isEqualTo("1 found wrong");
        assertThat(bases.dr().text()).isEqualTo("1 missing");
        assertThat(bases.primary().text()).isEqualTo("all whole");
        assertThat(fulls.worst().text()).isEqualTo("1 cannot be used");
        assertThat(fulls.newestProven()).contains(rows.get(1));
        assertThat(fulls.storedBytes())
                .isEqualTo(
                        rows.stream()
                                .filter(row -> row.kind() == BackupKind.FULL)
                                .mapToLong(CatalogRow::storedBytes)
                                .sum());
    }

    @Test
    void nothingIsSaidOfARegionThatDidNotAnswer() {
        List<CatalogRow> rows =
                rows(SampleCatalog.of(4, Map.of(Region.Role.DR, FakeServices.unreachable())));

        assertThat(group(CatalogTree.of(rows, FakeServices.NOW), 0).tally().dr().text())
                .isEqualTo("not known");
        assertThat(rows)
                .extracting(Standing::of)
                .containsExactly(
                        Standing.UNPROVEN,
                        Standing.HALF_KNOWN,
                        Standing.UNPROVEN,
                        Standing.HALF_KNOWN);
    }
}
