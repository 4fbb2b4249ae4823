package dev.lifeboat.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.RowCursor;
import dev.lifeboat.rescue.TableComparison.Keyed;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

class TableComparisonTest {
    private final List<Difference> told = new ArrayList<>();
    private final TableComparison comparison = new TableComparison();

    private static Keyed row(String digest, String... key) {
        return new Keyed(List.of(key), digest);
    }

    private static RowCursor<Keyed> rows(Keyed... rows) {
        Iterator<Keyed> rest = Arrays.asList(rows).iterator();
        return new RowCursor<>() {
            @Override
            public Optional<Keyed> next() {
                return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void tellsMissingChangedAndNewRowsApart() throws RecoveryException {
        comparison.run(
                rows(row("a", "1"), row("b", "10"), row("c", "2"), row("d", "5")),
                rows(row("a", "1"), row("x", "2"), row("y", "3")),
                told::add,
                new Progress());

        assertThat(told)
                .containsExactly(
                        new Difference(Difference.Kind.MISSING, List.of("10"), ""),
                        new Difference(Difference.Kind.CHANGED, List.of("2"), "x"),
                        new Difference(Difference.Kind.MISSING, List.of("5"), ""));
        assertThat(comparison.added()).isEqualTo(1);
        assertThat(comparison.samples().added()).containsExactly("3");
    }

    @Test
    void ordersKeysByTheirBytesColumnByColumn() {
        assertThat(TableComparison.order(List.of("Z"), List.of("a"))).isNegative();
        assertThat(TableComparison.order(List.of("z"), List.of("ä"))).isNegative();
        assertThat(TableComparison.order(List.of("\uFFFD"), List.of("\uD83D\uDE00"))).isNegative();
        assertThat(TableComparison.order(List.of("a", "b"), List.of("ab", ""))).isNegative();
        assertThat(TableComparison.order(List.of("a", "b"), List.of("a", "b"))).isZero();
    }

    @Test
    void keepsFewSamplesOfMany() throws RecoveryException {
        Keyed[] many = new Keyed[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = row("d", "%03d".formatted(i));
        }
        comparison.run(rows(many), rows(), told::add, new Progress());

        assertThat(comparison.missing()).isEqualTo(100);
        assertThat(comparison.samples().missing()).hasSize(TableReport.Samples.MOST);
    }
}
