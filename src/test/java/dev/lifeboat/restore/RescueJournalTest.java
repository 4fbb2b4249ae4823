package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

class RescueJournalTest {
    private static final Instant NOW = Instant.parse("2026-04-07T15:20:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Map<String, Object> ASKED =
            Map.of("into", "shop@db:5432", "by", "ada", "asked", List.of("orders"));
    private static final Problem LOCKED =
            new Problem(ProblemCode.TABLE_LOCKED, "It is locked.", "A drop.", "Promote.");
    @TempDir private Path path;
    private RestoreFolder folder;

    @BeforeEach
    void makeTheFolder() throws Exception {
        folder = new RestoreFolder(path);
        Files.createDirectories(folder.rescue());
    }

    @Test
    void tellsWhenIntoWhatWhichTablesAndHowItEnded() throws Exception {
        try (var journal = RescueJournal.begin(folder, ASKED, CLOCK)) {
            journal.table(Map.of("table", "public.orders", "inserted", 409, "updated", 2));
            journal.ended();
        }

        Rescue rescue = RescueJournal.read(folder).rescues().getFirst();
        assertThat(rescue.at()).isEqualTo(NOW);
        assertThat(rescue.into()).isEqualTo("shop@db:5432");
        assertThat(rescue.done()).containsExactly("public.orders");
        assertThat(rescue.inserted()).isEqualTo(409);
        assertThat(rescue.updated()).isEqualTo(2);
        assertThat(rescue.outcome()).isEqualTo("done");
        assertThat(rescue.fields())
                .containsEntry("by", "ada")
                .containsEntry("endedAt", NOW.toString());
    }

    @Test
    void oneThatWasKilledIsKnownAndNotCalledDone() throws Exception {
        RescueJournal.begin(folder, ASKED, CLOCK).close();

        Rescue rescue = RescueJournal.read(folder).rescues().getFirst();
        assertThat(rescue.outcome()).isEqualTo("not-told");
        assertThat(rescue.end()).isEmpty();
    }

    @Test
    void twoOfOneSecondAreTwo() throws Exception {
        try (var first = RescueJournal.begin(folder, ASKED, CLOCK)) {
            first.failed(LOCKED);
        }
        try (var second = RescueJournal.begin(folder, ASKED, CLOCK)) {
            second.ended();
        }

        List<Rescue> rescues = RescueJournal.read(folder).rescues();
        assertThat(rescues).extracting(Rescue::outcome).containsExactly("failed", "done");
        assertThat(rescues.getFirst().stoppedBy()).contains("It is locked.");
    }

    @Test
    void tellsHowTheCopyStood() throws Exception {
        try (Journal journal = Journal.open(folder.journal(), CLOCK)) {
            journal.record(RestoreHistory.ARRIVED, Map.of("lsn", "0/5000100"));
            journal.record(RestoreHistory.PROMOTED, Map.of());
        }
        RescueJournal.begin(folder, ASKED, CLOCK).close();

        assertThat(RescueJournal.read(folder).rescues().getFirst().fields().get("copy").toString())
                .contains("state=promoted", "lsn=0/5000100");
    }

    @Test
    void nothingIsBroughtBackThatNoRecordTellsOf() throws Exception {
        Files.delete(folder.rescue());

        assertThatThrownBy(() -> RescueJournal.begin(folder, ASKED, CLOCK))
                .isInstanceOf(RecoveryException.class);
    }

    @Test
    void aDamagedOneIsToldAndHidesNoOther() throws Exception {
        try (var journal = RescueJournal.begin(folder, ASKED, CLOCK)) {
            journal.ended();
        }
        Files.writeString(
                folder.rescue().resolve("20260101_000000-1.jsonl"),
                "not a line\n",
                StandardOpenOption.CREATE);

        RescueJournal.Found found = RescueJournal.read(folder);
        assertThat(found.rescues()).hasSize(1);
        assertThat(found.unreadable()).singleElement().asString().contains("20260101_000000-1");
    }
}
