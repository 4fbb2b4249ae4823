package dev.lifeboat.restore;

import java.util.Optional;

/**
 * One line of the checklist as it stood when the restore began: what was seen, and who answers for
 * it.
 *
 * @param item the checklist's name for it
 * @param kind {@code automatic} or {@code human}
 * @param state {@code ok}, {@code warning}, {@code blocked} or {@code open}
 * @param attestedBy who vouched for it
 * @param overriddenFor why it was passed over although it did not hold
 * @param saidAt when that was said, UTC; empty where nobody said anything
 */
public record Evidence(
        String item,
        String kind,
        String state,
        String measured,
        String needed,
        Optional<String> attestedBy,
        Optional<String> overriddenFor,
        Optional<String> saidAt) {}
