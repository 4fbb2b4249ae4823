package dev.lifeboat.backup.push;

import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.EventJson;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.archive.Pushed;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the resident answers to a request for one file, as one line. */
sealed interface PushAnswer {
    String DURABLE = "durable";
    String FAILED = "failed";
    String OTHER = "other-settings";

    /** The file is durable in that region. */
    record Durable(Region.Role region, Optional<Problem> diverted) implements PushAnswer {
        static Durable of(Pushed pushed) {
            return new Durable(pushed.region(), pushed.diverted());
        }
    }

    record Failed(Problem problem) implements PushAnswer {}

    /** Not said: the resident works with other settings, is ending, or is gone. */
    record NotSaid() implements PushAnswer {}

    default String write(Clock clock) {
        var fields = new LinkedHashMap<String, Object>();
        String name =
                switch (this) {
                    case Durable durable -> {
                        fields.put("region", durable.region.name());
                        durable.diverted.ifPresent(why -> put(fields, why));
                        yield DURABLE;
                    }
                    case Failed failed -> {
                        put(fields, failed.problem);
                        yield FAILED;
                    }
                    case NotSaid _ -> OTHER;
                };
        return EventJson.write(new Event(clock.instant(), name, fields));
    }

    /** Never fails: what cannot be read was not said. */
    static PushAnswer read(String line) {
        Optional<Event> event = EventJson.read(line);
        if (event.isEmpty()) {
            return new NotSaid();
        }
        try {
            return switch (event.get().name()) {
                case DURABLE ->
                        new Durable(
                                Region.Role.valueOf(event.get().text("region").orElse("")),
                                event.get().text("code").map(_ -> problem(event.get())));
                case FAILED -> new Failed(problem(event.get()));
                default -> new NotSaid();
            };
        } catch (IllegalArgumentException unknown) {
            return new NotSaid();
        }
    }

    private static void put(Map<String, Object> fields, Problem problem) {
        fields.put("code", problem.code().name());
        fields.put("what", problem.what());
        fields.put("why", problem.why());
        fields.put("remedy", problem.remedy());
    }

    private static Problem problem(Event event) {
        return new Problem(
                ProblemCode.valueOf(event.text("code").orElse("")),
                event.text("what").orElse(""),
                event.text("why").orElse(""),
                event.text("remedy").orElse(""));
    }
}
