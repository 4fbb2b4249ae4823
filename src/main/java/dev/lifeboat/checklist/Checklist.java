package dev.lifeboat.checklist;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.Evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All items for one plan.
 *
 * @param confirm what must be typed before the restore may begin; empty when nothing existing is at
 *     stake
 */
public record Checklist(List<CheckItem> items, Optional<String> confirm) {
    public Checklist {
        items = List.copyOf(items);
    }

    /**
     * The list with what people said about it.
     *
     * @param attested name by item
     * @param overridden reason by item
     * @throws RecoveryException USAGE when an item does not exist, is not human, may not be
     *     overridden, or a name or reason is empty
     */
    public Checklist with(Map<String, String> attested, Map<String, String> overridden)
            throws RecoveryException {
        var settled = new ArrayList<CheckItem>();
        refuseUnknown(attested, "--attest");
        refuseUnknown(overridden, "--override");
        for (CheckItem item : items) {
            settled.add(settle(item, attested.get(item.id()), overridden.get(item.id())));
        }
        return new Checklist(settled, confirm);
    }

    /**
     * The list as a restore keeps it.
     *
     * @param saidAt when people said it, by item
     * @param now when they did of an item that this leaves out
     */
    public List<Evidence> evidence(Map<String, Instant> saidAt, Instant now) {
        return items.stream()
                .map(item -> item.evidence(saidAt.getOrDefault(item.id(), now)))
                .toList();
    }

    /** What stops the start. */
    public List<CheckItem> blockers() {
        return items.stream().filter(item -> item.state() == CheckItem.State.BLOCKED).toList();
    }

    /**
     * Holds the list to be free of blockers.
     *
     * @throws RecoveryException CHECKLIST_BLOCKED, naming each one with its remedy
     */
    public void requireUnblocked() throws RecoveryException {
        List<CheckItem> blockers = blockers();
        if (blockers.isEmpty()) {
            return;
        }
        throw new RecoveryException(
                ProblemCode.CHECKLIST_BLOCKED,
                "The restore does not start: "
                        + blockers.stream().map(CheckItem::id).collect(Collectors.joining(", "))
                        + (blockers.size() == 1 ? " blocks it." : " block it."),
                blockers.stream()
                        .map(
                                item ->
                                        item.id()
                                                + ": "
                                                + item.measured()
                                                + " (needed: "
                                                + item.needed()
                                                + ").")
                        .collect(Collectors.joining(" ")),
                blockers.stream().map(Checklist::mend).collect(Collectors.joining(" ")));
    }

    private static String mend(CheckItem item) {
        return item.overridable()
                ? item.remedy() + " Or state why not: --override " + item.id() + "=REASON."
                : item.remedy();
    }

    private void refuseUnknown(Map<String, String> given, String option) throws RecoveryException {
        for (String id : given.keySet()) {
            if (items.stream().noneMatch(item -> item.id().equals(id))) {
                throw wrongUsage(
                        "There is no checklist item '" + id + "' for " + option + ".",
                        "This plan's items are "
                                + items.stream()
                                        .map(CheckItem::id)
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
        }
    }

    private static CheckItem settle(CheckItem item, String name, String reason)
            throws RecoveryException {
        if (name != null) {
            if (item.kind() != CheckItem.Kind.HUMAN || name.isBlank()) {
                throw wrongUsage(
                        "'" + item.id() + "' cannot be attested so.",
                        "A person's name is needed, and an item that only a person can know.");
            }
            return item.attestedBy(name);
        }
        if (reason == null) {
            return item;
        }
        if (!item.overridable() || reason.isBlank()) {
            throw new RecoveryException(
                    item.overridable() ? ProblemCode.USAGE : ProblemCode.CHECKLIST_BLOCKED,
                    "'" + item.id() + "' is not overridden.",
                    item.overridable() ? "The reason is empty." : "No reason may stand in for it.",
                    item.remedy().isEmpty()
                            ? "Give a reason: --override " + item.id() + "=REASON."
                            : item.remedy());
        }
        return item.state() == CheckItem.State.OK ? item : item.overriddenFor(reason);
    }

    private static RecoveryException wrongUsage(String what, String why) {
        return new RecoveryException(
                ProblemCode.USAGE, what, why, "lifeboat check shows the items of the plan.");
    }
}
