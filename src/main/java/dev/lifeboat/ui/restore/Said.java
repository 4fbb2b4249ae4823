package dev.lifeboat.ui.restore;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.kernel.RecoveryException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people said about the items of a checklist: it outlives a checklist that is made anew. */
final class Said {
    private final Map<String, String> attested = new LinkedHashMap<>();
    private final Map<String, String> overridden = new LinkedHashMap<>();
    private final Map<String, Instant> times = new HashMap<>();

    void forget() {
        attested.clear();
        overridden.clear();
        times.clear();
    }

    /** Somebody vouches for a human item; blank takes it back. */
    void attest(String item, String name, Instant now) {
        put(attested, item, name, now);
    }

    /** A reason stands in for an item that does not hold; blank takes it back. */
    void override(String item, String reason, Instant now) {
        put(overridden, item, reason, now);
    }

    /** When something was said of an item; empty when nothing was. */
    Optional<Instant> at(String item) {
        return Optional.ofNullable(times.get(item));
    }

    private void put(Map<String, String> said, String item, String words, Instant now) {
        if (words.isBlank()) {
            said.remove(item);
            times.remove(item);
        } else {
            said.put(item, words.strip());
            times.put(item, now);
        }
    }

    /**
     * The list with all of that.
     *
     * @throws RecoveryException when something was said that may not be said of an item
     */
    Checklist with(Checklist measured) throws RecoveryException {
        return measured.with(known(attested, measured), known(overridden, measured));
    }

    /** As the command line takes it. */
    List<String> words(Checklist measured) {
        List<String> words = new ArrayList<>();
        known(attested, measured)
                .forEach((item, name) -> words.addAll(List.of("--attest", item + "=" + name)));
        known(overridden, measured)
                .forEach((item, why) -> words.addAll(List.of("--override", item + "=" + why)));
        return words;
    }

    /** When it was said, as the command line takes it. */
    List<String> timeWords(Checklist measured) {
        List<String> words = new ArrayList<>();
        for (CheckItem item : measured.items()) {
            at(item.id()).ifPresent(at -> words.addAll(List.of("--said-at", item.id() + "=" + at)));
        }
        return words;
    }

    /** What was said about items that the list no longer has is left out. */
    private static Map<String, String> known(Map<String, String> said, Checklist measured) {
        List<String> items = measured.items().stream().map(CheckItem::id).toList();
        return said.entrySet().stream()
                .filter(entry -> items.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
