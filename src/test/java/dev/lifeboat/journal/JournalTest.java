package dev.lifeboat.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
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
    void aDiskThatWasFullForAMomentLeavesNoHalfLineInside() throws Exception {
        var disk = new Disk();
        try (Journal journal = Journal.open(file(), CLOCK, disk::before)) {
            journal.record("one", Map.of());
            disk.freeBytes = 10;
            assertThatThrownBy(() -> journal.record("lost", Map.of("frame", 1)))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            e -> {
                                assertThat(e.code()).isEqualTo(ProblemCode.NO_SPACE);
                                assertThat(e.problem().remedy())
                                        .contains("df -h " + file(), "run the command again");
                            });
            disk.freeBytes = Integer.MAX_VALUE;
            journal.record("two", Map.of());
        }

        assertThat(Journal.read(file())).extracting(Event::name).containsExactly("one", "two");
    }

    @Test
    void aJournalThatCannotBeMadeSendsToAFolderThatIsThere() throws Exception {
        Path nowhere = file().resolveSibling("none").resolve("journal.jsonl");
        var full = new IOException("No space left on device");

        assertThat(FileProblem.of("It failed", nowhere, full).problem().remedy())
                .contains("df -h " + file().toAbsolutePath().getParent() + ")");
        assertThatThrownBy(() -> Journal.open(nowhere, CLOCK))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ProblemCode.HOST_FAILURE);
                            assertThat(e.problem().remedy()).doesNotContain("resume");
                        });
    }

    /** Writes what fits, as the platform does, before it says that no more does. */
    private static final class Disk {
        private int freeBytes = Integer.MAX_VALUE;

        SeekableByteChannel before(SeekableByteChannel channel) {
            return (SeekableByteChannel)
                    Proxy.newProxyInstance(
                            SeekableByteChannel.class.getClassLoader(),
                            new Class<?>[] {SeekableByteChannel.class},
                            (_, method, arguments) ->
                                    method.getName().equals("write")
                                            ? write(channel, (ByteBuffer) arguments[0])
                                            : method.invoke(channel, arguments));
        }

        private int write(SeekableByteChannel channel, ByteBuffer bytes) throws IOException {
            if (freeBytes == 0) {
                throw new IOException("No space left on device");
            }
            int length = Math.min(freeBytes, bytes.remaining());
            int written = channel.write(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + written);
            freeBytes -= written;
            return written;
        }
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
