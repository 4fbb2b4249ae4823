package dev.lifeboat.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.StoragePrices;

import org.junit.jupiter.api.Test;

import java.util.List;

class MonthlySavingTest {
    private static final long GB = 1L << 30;

    private static RetentionPlan.Target target(String storageClass, long bytes) {
        return new RetentionPlan.Target(
                Region.Role.PRIMARY, "backups/x", "etag", bytes, storageClass);
    }

    private static MonthlySaving saving(
            List<RetentionPlan.Target> gone, List<RetentionPlan.ClassMove> moves) {
        var plan =
                new RetentionPlan(
                        List.of(new RetentionPlan.Removal("x", false, "old", gone)),
                        moves,
                        List.of(),
                        0,
                        RetentionPlan.Window.NONE,
                        RetentionPlan.Window.NONE,
                        List.of());
        return MonthlySaving.of(plan, StoragePrices.listed());
    }

    @Test
    void countsWhatGoesByItsOwnClass() {
        MonthlySaving saving =
                saving(
                        List.of(target("STANDARD", 10 * GB), target("GLACIER", 100 * GB)),
                        List.of());

        assertThat(saving.removed()).isEqualByComparingTo("0.59");
        assertThat(saving.moved()).isZero();
    }

    @Test
    void countsTheDifferenceOfWhatMoves() {
        MonthlySaving saving =
                saving(
                        List.of(),
                        List.of(
                                new RetentionPlan.ClassMove(
                                        target("STANDARD_IA", 100 * GB), "GLACIER")));

        assertThat(saving.moved()).isEqualByComparingTo("0.89");
        assertThat(saving.total()).isEqualByComparingTo("0.89");
    }

    @Test
    void namesClassesItKnowsNoPriceFor() {
        MonthlySaving saving =
                saving(List.of(target("SNOW", GB), target("STANDARD", GB)), List.of());

        assertThat(saving.unpriced()).containsExactly("SNOW");
        assertThat(saving.removed()).isEqualByComparingTo("0.023");
    }
}
