package dev.lifeboat.storage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a GB of 2^30 bytes costs for a month, in US dollars, by storage class. Storage alone: no
 * requests, no transfer, no minimum time or size that a class bills. Immutable.
 *
 * <p>Source of the defaults: Amazon S3 pricing, US East (N. Virginia), the first 50 TB of a month.
 *
 * @param byClass the name of the class, as S3 writes it
 */
public record StoragePrices(Map<String, BigDecimal> byClass) {
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    private static final int DIGITS = 12;
    private static final Pattern ENTRY = Pattern.compile("([A-Z_]+)=(\\d{1,6}(?:\\.\\d{1,9})?)");

    private static final StoragePrices LISTED =
            new StoragePrices(
                    Map.of(
                            "STANDARD", new BigDecimal("0.023"),
                            "STANDARD_IA", new BigDecimal("0.0125"),
                            "ONEZONE_IA", new BigDecimal("0.01"),
                            "GLACIER_IR", new BigDecimal("0.004"),
                            "GLACIER", new BigDecimal("0.0036"),
                            "DEEP_ARCHIVE", new BigDecimal("0.00099")));

    public StoragePrices {
        byClass = Map.copyOf(byClass);
    }

    /** The list prices named above. */
    public static StoragePrices listed() {
        return LISTED;
    }

    /**
     * The list prices with some of them replaced: {@code STANDARD=0.021,GLACIER=0.004}.
     *
     * @return empty when the text is none of these
     */
    public static Optional<StoragePrices> parse(String text) {
        Map<String, BigDecimal> prices = new TreeMap<>(LISTED.byClass);
        for (String part : text.split(",", -1)) {
            var entry = ENTRY.matcher(part.strip());
            if (!entry.matches()) {
                return Optional.empty();
            }
            prices.put(entry.group(1), new BigDecimal(entry.group(2)));
        }
        return Optional.of(new StoragePrices(prices));
    }

    /** What so many bytes cost a month; empty for a class without a price. */
    public Optional<BigDecimal> monthly(String storageClass, long bytes) {
        return Optional.ofNullable(byClass.get(storageClass))
                .map(
                        price ->
                                price.multiply(BigDecimal.valueOf(bytes))
                                        .divide(GIB, DIGITS, RoundingMode.HALF_UP));
    }
}
