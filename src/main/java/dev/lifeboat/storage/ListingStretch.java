package dev.lifeboat.storage;

import java.util.Optional;

/**
 * The keys behind {@code reached} up to and including {@code end}. Guarded by the lock of its
 * {@link ListingShare}.
 */
final class ListingStretch {
    static final int PAGE_KEYS = 1000;

    /** What keys are made of, in their order; other characters only make the cuts less even. */
    private static final String DIGITS =
            "-./0123456789:=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    private static final int BASE = DIGITS.length() + 1;
    private static final int PLACES = 9;
    private final String prefix;
    private String reached;
    private String end;
    private long shown;

    /**
     * @param end null for the end of the prefix
     */
    ListingStretch(String prefix, String reached, String end) {
        this.prefix = prefix;
        this.reached = reached;
        this.end = end;
    }

    String reached() {
        return reached;
    }

    boolean holds(String key) {
        return end == null || Keys.ORDER.compare(key, end) <= 0;
    }

    void show(String key) {
        reached = key;
        shown++;
    }

    boolean isLong(int keys) {
        return shown >= keys;
    }

    /** How far it is from {@code reached} to the end, as a share of all keys of the prefix. */
    double width() {
        int common = common();
        return (last(common) - value(reached, common)) * Math.pow(BASE, -PLACES - common);
    }

    /** Cuts off the upper half; empty when there is no key between to cut at. */
    Optional<ListingStretch> split() {
        int common = common();
        long middle = value(reached, common) + (last(common) - value(reached, common)) / 2;
        String cut = text(common, middle);
        if (Keys.ORDER.compare(cut, reached) <= 0
                || (end != null && Keys.ORDER.compare(cut, end) >= 0)) {
            return Optional.empty();
        }
        ListingStretch upper = new ListingStretch(prefix, cut, end);
        end = cut;
        return Optional.of(upper);
    }

    /** How many characters behind the prefix {@code reached} and the end have in common. */
    private int common() {
        if (end == null) {
            return 0;
        }
        int from = prefix.length();
        int i = 0;
        while (from + i < Math.min(reached.length(), end.length())
                && reached.charAt(from + i) == end.charAt(from + i)) {
            i++;
        }
        return i;
    }

    private long last(int common) {
        return end == null ? (long) Math.pow(BASE, PLACES) : value(end, common);
    }

    private long value(String key, int common) {
        long value = 0;
        for (int i = 0; i < PLACES; i++) {
            int at = prefix.length() + common + i;
            value = value * BASE + (at < key.length() ? digit(key.charAt(at)) : 0);
        }
        return value;
    }

    private static int digit(char c) {
        int digit = 0;
        while (digit < DIGITS.length() && DIGITS.charAt(digit) <= c) {
            digit++;
        }
        return digit;
    }

    private String text(int common, long value) {
        StringBuilder digits = new StringBuilder();
        long rest = value;
        for (int i = 0; i < PLACES; i++) {
            int digit = (int) (rest % BASE);
            rest /= BASE;
            if (digit > 0) {
                digits.append(DIGITS.charAt(digit - 1));
            } else {
                digits.setLength(0); // a key ends at its first missing digit
            }
        }
        int length = Math.min(reached.length(), prefix.length() + common);
        return reached.substring(0, length) + digits.reverse();
    }
}
