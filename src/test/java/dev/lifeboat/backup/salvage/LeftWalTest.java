package dev.lifeboat.backup.salvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lifeboat.backup.push.DataDirectory;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.archive.ClusterIdentity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class LeftWalTest {
    private static final int FILL = WalBuilder.SEGMENT_BYTES / 2;

    @TempDir private Path directory;
    private final WalBuilder log = new WalBuilder();

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(directory.resolve("pg_wal/archive_status"));
        log.commit(700, 1_000_000);
        log.filler(701, FILL);
        log.switchSegment();
        log.commit(702, 2_000_000);
        log.filler(703, FILL);
        log.switchSegment();
        log.commit(704, 3_000_000);
        log.commit(705, 4_000_000);
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(directory.resolve("pg_wal").resolve(name), content);
    }

    private void writeAll() throws IOException {
        for (int i = 0; i < log.segmentCount(); i++) {
            write(log.segment(i).name(), log.content(i));
        }
    }

    private LeftWal read() throws Exception {
        var cluster = new ClusterIdentity(Long.toUnsignedString(WalBuilder.SYSTEM), 15);
        return LeftWal.read(new DataDirectory(directory, cluster), CancelToken.never());
    }

    @Test
    void tellsTheTailFromTheWholeSegments() throws Exception {
        writeAll();

        LeftWal left = read();

        assertThat(left.whole())
                .extracting(LeftSegment::segment)
                .containsExactly(log.segment(0), log.segment(1));
        LeftSegment tail = left.tail().orElseThrow();
        assertThat(tail.segment()).isEqualTo(log.segment(2));
        assertThat(tail.commits()).isEqualTo(2);
        assertThat(tail.end().end().value()).isEqualTo(log.position());
        assertThat(left.damaged()).isEmpty();
        assertThat(left.unreadable()).isEmpty();
    }

    @Test
    void takesAFileKeptForLaterForNoSegment() throws Exception {
        writeAll();
        write(log.segment(2).next().name(), log.content(0));
        write(log.segment(2).next().next().name(), new byte[WalBuilder.SEGMENT_BYTES]);

        LeftWal left = read();

        assertThat(left.tail().orElseThrow().segment()).isEqualTo(log.segment(2));
        assertThat(left.unreadable()).isEmpty();
    }

    @Test
    void namesASegmentThatIsDamagedInItsMiddle() throws Exception {
        writeAll();
        byte[] damaged = log.content(1);
        damaged[FILL / 2] ^= 1;
        write(log.segment(1).name(), damaged);

        LeftWal left = read();

        assertThat(left.damaged()).extracting(LeftSegment::segment).containsExactly(log.segment(1));
        assertThat(left.whole()).extracting(LeftSegment::segment).containsExactly(log.segment(0));
    }

    @Test
    void namesAFileWithoutAFirstPageThatLiesAmongTheSegments() throws Exception {
        writeAll();
        write(log.segment(1).name(), new byte[WalBuilder.SEGMENT_BYTES]);

        LeftWal left = read();

        assertThat(left.unreadable()).containsExactly(log.segment(1).name());
        assertThat(left.tail().orElseThrow().segment()).isEqualTo(log.segment(2));
    }

    @Test
    void hasNoTailWhereNoRecordEnds() throws Exception {
        write(log.segment(0).name(), log.content(0));

        assertThat(read().tail()).isEmpty();
    }

    @Test
    void passesTheFilesOfOthersByAndKeepsHistories() throws Exception {
        writeAll();
        write("00000002.history", "1\t0/3000000\tno recovery target\n".getBytes(US_ASCII));
        write("xlogtemp.4711", new byte[10]);

        assertThat(read().others()).containsExactly("00000002.history");
    }

    @Test
    void refusesTheSegmentOfAnotherCluster() throws Exception {
        var other = new WalBuilder().ofSystem(4711);
        other.commit(700, 1_000_000);
        write(other.segment(0).name(), other.content(0));

        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused ->
                                assertThat(refused.code())
                                        .isEqualTo(ProblemCode.SYSTEM_IDENTIFIER_FOREIGN));
    }

    @Test
    void anEndBehindTheLastCheckpointMayBeTheTrueOne() throws Exception {
        writeAll();

        assertThat(read().endsTooEarly(new LastCheckpoint(log.segment(1).start()))).isEmpty();
    }

    @Test
    void anEndBeforeTheLastCheckpointIsDamage() throws Exception {
        writeAll();
        long written = log.position();
        byte[] damaged = log.content(2);
        damaged[(int) (written - log.segment(2).start().value()) - 16] ^= 1;
        write(log.segment(2).name(), damaged);

        assertThat(read().endsTooEarly(new LastCheckpoint(new Lsn(written - 1))))
                .hasValueSatisfying(
                        why -> {
                            assertThat(why.code()).isEqualTo(ProblemCode.WAL_DAMAGED);
                            assertThat(why.what()).contains(log.segment(2).name());
                        });
    }

    @Test
    void aCheckpointWhoseSegmentIsGoneIsTold() throws Exception {
        Optional<Problem> empty = read().endsTooEarly(new LastCheckpoint(new Lsn(0x5000028L)));
        writeAll();
        Optional<Problem> later =
                read().endsTooEarly(new LastCheckpoint(log.segment(2).next().start()));

        assertThat(List.of(empty.orElseThrow().code(), later.orElseThrow().code()))
                .containsOnly(ProblemCode.WAL_ABSENT);
    }
}
