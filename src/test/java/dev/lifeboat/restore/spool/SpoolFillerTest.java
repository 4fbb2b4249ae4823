package dev.lifeboat.restore.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.WalNeed;
import dev.lifeboat.restore.spool.SegmentSource.Absent;
import dev.lifeboat.restore.spool.SegmentSource.Answer;
import dev.lifeboat.restore.spool.SegmentSource.Found;
import dev.lifeboat.restore.spool.SegmentSource.Unknown;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

@Timeout(60)
class SpoolFillerTest {
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final List<String> SEGMENTS =
            IntStream.range(0, 40).mapToObj("0000000100000000000000%02X"::formatted).toList();
    private static final FillerLimits LIMITS =
            new FillerLimits(4, 3, Duration.ofMinutes(1), Duration.ofMillis(5));
    private static final Problem NO_ANSWER =
            new Problem(ProblemCode.STORAGE_UNREACHABLE, "No answer.", "Timeout.", "Wait.");

    @TempDir Path folder;
    private final Host host = new LocalHost();
    private final WalNeed need = new WalNeed(SEGMENTS, List.of(), SEGMENT_BYTES);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final Progress progress = Progress.unwatched();
    private Path data;
    private Spool spool;
    private SpoolRun run;
    private SpoolFiller filler;

    @BeforeEach
    void beginARun() throws Exception {
        data = Files.createDirectories(folder.resolve("data/pg_wal")).getParent();
        spool =
                new Spool(
                        folder.resolve("spool"),
                        host.files(),
                        host.currentUser(),
                        host.currentUser());
        run = spool.nextRun(need, data.resolve("pg_wal"));
        SEGMENTS.forEach(name -> answers.put(name, found(name)));
    }

    @AfterEach
    void close() throws Exception {
        if (filler != null) {
            filler.close();
        }
    }

    @Test
    void bringsEverySegmentInOrderAndNoFurtherAheadThanAllowed() throws Exception {
        begin();
        filler.hurry();

        for (String name : SEGMENTS) {
            assertThat(replay(name)).isZero();
            assertThat(run.ready()).hasSizeLessThanOrEqualTo(LIMITS.segmentsAhead());
        }

        await(() -> progress.done() == SEGMENTS.size());
        assertThat(asked).containsExactlyInAnyOrderElementsOf(SEGMENTS);
        assertThat(filler.byRegion()).isEqualTo(Map.of("dr", 40L));
    }

    @Test
    void countsOnFromWhatIsThere() throws Exception {
        begin(Optional.of(SEGMENTS.get(5)));
        assertThat(progress.done()).isEqualTo(5);

        assertThat(replay(SEGMENTS.get(5))).isZero();

        await(() -> progress.done() == 6);
    }

    @Test
    void asksAgainWhileARegionDoesNotAnswer() throws Exception {
        answers.put(SEGMENTS.getFirst(), new Unknown(NO_ANSWER, true));
        begin();
        await(() -> progress.retries() > 2);
        assertThat(progress.waitingFor()).isIn("S3", "");
        assertThat(filler.failure()).isEmpty();

        answers.put(SEGMENTS.getFirst(), found(SEGMENTS.getFirst()));

        assertThat(replay(SEGMENTS.getFirst())).isZero();
    }

    @Test
    void neverTellsTheServerThatASegmentThePlanNeedsIsAbsent() throws Exception {
        answers.put(SEGMENTS.getFirst(), new Absent());
        begin();

        assertThat(replay(SEGMENTS.getFirst())).isEqualTo(255);

        assertThat(filler.failure().map(RecoveryException::code)).contains(ProblemCode.WAL_ABSENT);
    }

    @Test
    void doesNotKnowWhatIsDamaged() throws Exception {
        var damaged = new Problem(ProblemCode.WAL_DAMAGED, "Damaged.", "A bit.", "Repair it.");
        answers.put(SEGMENTS.get(1), new Unknown(damaged, false));
        begin();

        assertThat(replay(SEGMENTS.getFirst())).isZero();
        assertThat(replay(SEGMENTS.get(1))).isEqualTo(255);
        assertThat(filler.failure().map(RecoveryException::code)).contains(ProblemCode.WAL_DAMAGED);
    }

    @Test
    void servesNoSegmentOfAnotherSize() throws Exception {
        answers.put(SEGMENTS.getFirst(), new Found(new byte[SEGMENT_BYTES - 1], "primary"));
        begin();

        assertThat(replay(SEGMENTS.getFirst())).isEqualTo(255);
        assertThat(filler.failure().map(RecoveryException::code)).contains(ProblemCode.WAL_DAMAGED);
    }

    @Test
    void bringsAgainWhatTheServerAsksForAgainAndGoesOnFromThere() throws Exception {
        begin();
        filler.hurry();
        for (String name : SEGMENTS.subList(0, 10)) {
            assertThat(replay(name)).isZero();
        }
        try (var kept = Files.list(data.resolve("pg_wal"))) {
            for (Path file : kept.toList()) {
                Files.delete(file);
            }
        }

        for (String name : SEGMENTS.subList(3, 14)) {
            assertThat(replay(name)).isZero();
        }
    }

    @Test
    void doesNotFetchAfterARestartWhatTheServerStillHas() throws Exception {
        begin();
        for (String name : SEGMENTS.subList(0, 5)) {
            assertThat(replay(name)).isZero();
        }
        filler.close();
        asked.clear();
        run = spool.nextRun(need, data.resolve("pg_wal"));
        begin();

        assertThat(replay(SEGMENTS.get(3))).isEqualTo(1);
        assertThat(replay(SEGMENTS.get(4))).isEqualTo(1);
        assertThat(replay(SEGMENTS.get(5))).isZero();
        assertThat(asked).doesNotContainAnyElementsOf(SEGMENTS.subList(0, 5));
    }

    @Test
    void leavesNobodyWaitingWhenItCloses() throws Exception {
        answers.put(SEGMENTS.getFirst(), new Unknown(NO_ANSWER, true));
        begin();
        Process waiting = ask(SEGMENTS.getFirst());
        await(() -> progress.retries() > 0);

        filler.close();

        assertThat(waiting.waitFor()).isEqualTo(255);
    }

    @Test
    void whatLiesBehindWhereItBeginsCountsAsTaken() throws Exception {
        begin(Optional.of(SEGMENTS.get(30)));

        assertThat(progress.done()).isEqualTo(30);
        assertThat(replay(SEGMENTS.get(30))).isZero();
        await(() -> progress.done() == 31);
    }

    private void begin() throws RecoveryException {
        begin(Optional.empty());
    }

    private void begin(Optional<String> first) throws RecoveryException {
        filler =
                new SpoolFiller(
                        run,
                        need,
                        name -> {
                            asked.add(name);
                            return answers.get(name);
                        },
                        OptionalLong.empty(),
                        _ -> {},
                        first,
                        data.resolve("pg_wal"),
                        LIMITS,
                        progress);
    }

    private static Answer found(String name) {
        return new Found(content(name), "dr");
    }

    /** An unused segment with its name at the end, so that no two are alike. */
    private static byte[] content(String name) {
        byte[] content = new byte[SEGMENT_BYTES];
        byte[] mark = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mark, 0, content, content.length - mark.length, mark.length);
        return content;
    }

    /** Does what the server does with a segment: asks, and keeps what it got under its name. */
    private int replay(String name) throws Exception {
        int status = ask(name).waitFor();
        Path restored = data.resolve("pg_wal/RECOVERYXLOG");
        if (status == 0) {
            assertThat(restored).hasBinaryContent(content(name));
            Files.move(restored, data.resolve("pg_wal").resolve(name));
        }
        return status;
    }

    private Process ask(String name) throws Exception {
        String command = run.command().replace("%f", name).replace("%p", "pg_wal/RECOVERYXLOG");
        return new ProcessBuilder("/bin/sh", "-c", command).directory(data.toFile()).start();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        while (!condition.holds()) {
            Thread.sleep(2);
        }
    }
}
