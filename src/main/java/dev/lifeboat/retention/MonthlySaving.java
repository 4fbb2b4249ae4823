package dev.lifeboat.retention;

import dev.lifeboat.storage.StoragePrices;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a plan saves a month, estimated from prices of storage alone.
 *
 * @param removed US dollars a month, for what goes
 * @param moved the same for what moves to another class; negative where that is dearer
 * @param unpriced storage classes without a price, which are not counted
 */
public record MonthlySaving(BigDecimal removed, BigDecimal moved, Set<String> unpriced) {
    public MonthlySaving {
        unpriced = Set.copyOf(unpriced);
    }

    /** Of that plan at these prices. */
    public static MonthlySaving of(RetentionPlan plan, StoragePrices prices) {
        Set<String> unpriced = new TreeSet<>();
        BigDecimal removed = BigDecimal.ZERO;
        for (RetentionPlan.Removal removal : plan.removals()) {
            for (RetentionPlan.Target target : removal.targets()) {
                removed =
                        removed.add(
                                price(prices, target.storageClass(), target.sizeBytes(), unpriced)
                                        .orElse(BigDecimal.ZERO));
            }
        }
        BigDecimal moved = BigDecimal.ZERO;
        for (RetentionPlan.ClassMove move : plan.moves()) {
            long bytes = move.target().sizeBytes();
            Optional<BigDecimal> from =
                    price(prices, move.target().storageClass(), bytes, unpriced);
            Optional<BigDecimal> to = price(prices, move.storageClass(), bytes, unpriced);
            if (from.isPresent() && to.isPresent()) {
                moved = moved.add(from.get()).subtract(to.get());
            }
        }
        return new MonthlySaving(removed, moved, unpriced);
    }

    private static Optional<BigDecimal> price(
            StoragePrices prices, String storageClass, long bytes, Set<String> unpriced) {
        Optional<BigDecimal> price = prices.monthly(storageClass, bytes);
        if (price.isEmpty()) {
            unpriced.add(storageClass);
        }
        return price;
    }

    public BigDecimal total() {
        return removed.add(moved);
    }
}
