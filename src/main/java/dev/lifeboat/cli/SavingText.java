package dev.lifeboat.cli;

import dev.lifeboat.retention.MonthlySaving;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.TreeSet;

/** What a cleanup saves, for people. */
final class SavingText {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private SavingText() {}

    static String of(MonthlySaving saving) {
        String left =
                saving.unpriced().isEmpty()
                        ? ""
                        : "; not counted, without a price: "
                                + String.join(", ", new TreeSet<>(saving.unpriced()));
        return "about "
                + dollars(saving.total())
                + " a month ("
                + dollars(saving.removed())
                + " removed, "
                + dollars(saving.moved())
                + " moved), an estimate: storage alone by BACKUP_STORAGE_PRICES"
                + left;
    }

    private static String dollars(BigDecimal amount) {
        if (amount.signum() != 0 && amount.abs().compareTo(CENT) < 0) {
            return "less than " + CENT + " USD";
        }
        return amount.setScale(2, RoundingMode.HALF_UP) + " USD";
    }
}
