package dev.lifeboat.ui.restore;

import dev.lifeboat.journal.Event;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.handover.HandoverStep;
import dev.lifeboat.ui.Messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a handover as its journal has them. Plain. */
final class HandoverSteps {
    private HandoverSteps() {}

    /** How a step stands. */
    enum Standing {
        WAITING,
        RUNNING,
        DONE,
        LEFT_OUT
    }

    /**
     * One step.
     *
     * @param detail what it found or made; may be empty
     */
    record Row(HandoverStep step, Standing standing, String detail) {}

    /** All of them, in order. */
    static List<Row> of(RestoreView view) {
        boolean withoutArchive =
                view.handover(HandoverStep.ANALYZED).isPresent()
                        && view.handover(HandoverStep.ARCHIVING_PROVEN).isEmpty();
        boolean under = view.state() == RestoreState.RUNNING;
        List<Row> rows = new ArrayList<>();
        for (HandoverStep step : HandoverStep.values()) {
            Optional<Event> done = view.handover(step);
            Standing standing = Standing.WAITING;
            if (done.isPresent()) {
                standing = Standing.DONE;
            } else if (withoutArchive && step.isOfTheArchive()) {
                standing = Standing.LEFT_OUT;
            } else if (under) {
                standing = Standing.RUNNING;
                under = false;
            }
            rows.add(new Row(step, standing, done.map(e -> detail(step, e)).orElse("")));
        }
        return rows;
    }

    private static String detail(HandoverStep step, Event event) {
        return switch (step) {
            case OLD_SERVER_FENCED -> fence(event);
            case TIMELINE_IS_ITS_OWN ->
                    Messages.text("handover.detail.timeline", event.number("timeline"));
            case OWN_SETTINGS_BACK -> settings(event);
            case HISTORY_ARCHIVED -> event.text("file").orElse("");
            case ARCHIVING_PROVEN, ANALYZED -> "";
            case REINDEX_LISTED ->
                    Messages.count("handover.detail.indexes", commands(event).size());
            case BASE_TAKEN -> event.text("id").orElse("");
        };
    }

    /** How it is known that the old server is out of the way. */
    static String fence(Event event) {
        String seen = event.text("seen").orElse("");
        return event.text("by")
                .map(name -> Messages.text("handover.detail.by", seen, name))
                .orElse(seen);
    }

    private static String settings(Event event) {
        List<String> told = new ArrayList<>();
        List<String> out = texts(event, "takenOut");
        if (!out.isEmpty()) {
            told.add(Messages.text("handover.detail.out", String.join(", ", out)));
        }
        told.addAll(texts(event, "notes"));
        return String.join("\n", told);
    }

    /**
     * The commands that rebuild indexes, {@code DATABASE: COMMAND}; empty when none is in doubt.
     */
    static List<String> reindex(RestoreView view) {
        return view.handover(HandoverStep.REINDEX_LISTED)
                .map(HandoverSteps::commands)
                .orElse(List.of());
    }

    private static List<String> commands(Event event) {
        return texts(event, "commands");
    }

    private static List<String> texts(Event event, String field) {
        return event.fields().get(field) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    static String name(HandoverStep step) {
        return switch (step) {
            case OLD_SERVER_FENCED -> Messages.text("handover.step.fenced");
            case TIMELINE_IS_ITS_OWN -> Messages.text("handover.step.timeline");
            case OWN_SETTINGS_BACK -> Messages.text("handover.step.settings");
            case HISTORY_ARCHIVED -> Messages.text("handover.step.history");
            case ARCHIVING_PROVEN -> Messages.text("handover.step.archiving");
            case ANALYZED -> Messages.text("handover.step.analyzed");
            case REINDEX_LISTED -> Messages.text("handover.step.reindex");
            case BASE_TAKEN -> Messages.text("handover.step.base");
        };
    }

    static String word(Standing standing) {
        return switch (standing) {
            case WAITING -> Messages.text("standing.waiting");
            case RUNNING -> Messages.text("standing.running");
            case DONE -> Messages.text("standing.done");
            case LEFT_OUT -> Messages.text("handover.leftOut");
        };
    }
}
