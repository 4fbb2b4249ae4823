package dev.lifeboat.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class JournalTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-04-07T14:30:00Z"), ZoneOffset.UTC);

    @TempDir Path folder;

    @Test
    void readsBackWhatItRecorded() throws Exception {
        try (Journal journal = Journal.open(file(), CLOCK)) {
            journal.record("stage-began", Map.of("stage", "fetch"));
            journal.note("frame-placed", Map.of("number", 3, "bytes", 1L << 40));
        }

        List<Event> events = Journal.read(file());

        assertThat(events).extracting(Event::name).containsExactly("stage-began", "frame-placed");
        assertThat(events.get(1).number("bytes")).isEqualTo(1L << 40);
        assertThat(events.getFirst().at()).isEqualTo(CLOCK.instant());
    }

    @Test
    void goesOnBehindALineTornByACrash() throws Exception {
        try (Journal journal = Journal.open(file(), CLOCK)) {
            journal.record("one", Map.of());
        }
        Files.writeString(file(), "{\"at\":\"2026-04-", StandardOpenOption.APPEND);

        assertThat(Journal.read(file())).extracting(Event::name).containsExactly("one");
        try (Journal journal = Journal.open(file(), CLOCK)) {
            journal.record("two", Map.of());
        }

        assertThat(Journal.read(file())).extracting(Event::name).containsExactly("one", "two");
    }

    @Test
    void refusesAJournalWithADamagedLineInside() throws Exception {
        Files.writeString(file(), "not json\n{\"at\":\"2026-04-07T14:30:00Z\",\"event\":\"x\"}\n");

        assertThatThrownBy(() -> Journal.read(file()))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.JOURNAL_DAMAGED));
    }

    @Test
    void tellsListenersAfterEachEvent() throws Exception {
        var heard = new ArrayList<String>();
        try (Journal journal = Journal.open(file(), CLOCK)) {
            journal.onEvent(event -> heard.add(event.name()));
            journal.record("one", Map.of());
            journal.note("two", Map.of());
        }

        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void aJournalThatIsNotThereIsEmpty() throws Exception {
        assertThat(Journal.read(file())).isEmpty();
    }

    private Path file() {
        return folder.resolve("journal.jsonl");
    }
}
