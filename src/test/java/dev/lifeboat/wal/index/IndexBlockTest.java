package dev.lifeboat.wal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.RelationFile;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalEvent.DatabaseFiles;
import dev.lifeboat.wal.WalSegment;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class IndexBlockTest {
    private static final Instant TIME = Instant.parse("2026-04-07T02:00:00.123456Z");
    private static final Lsn START = new Lsn(3L << 20);

    @Property(tries = 40)
    void anEntryComesBackAsItWasMade(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int segments) throws Exception {
        List<SegmentEntry> entries = new RandomLog(seed, segments, true).entries();

        IndexBlock block = IndexBlock.of(MemorySegment.ofArray(bytes(entries)));

        assertThat(block.count()).isEqualTo(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            assertThat(block.entry(i)).contains(entries.get(i));
            assertThat(block.commits(i)).isEqualTo(entries.get(i).commits());
        }
    }

    @Test
    void everyKindOfNoteComesBackAsItWasMade() throws Exception {
        List<IndexNote> notes = everyNote();

        assertThat(NoteCodec.read(NoteCodec.write(notes, START), START)).isEqualTo(notes);
    }

    @Test
    void aKindOfNoteThatIsNotKnownIsPassedOver() throws Exception {
        List<IndexNote> notes = everyNote();
        byte[] unknown = new CompactOutput().number(9_999).bytes(new byte[] {1, 2, 3}).done();
        byte[] known = NoteCodec.write(notes, START);
        byte[] both = new byte[unknown.length + known.length];
        System.arraycopy(unknown, 0, both, 0, unknown.length);
        System.arraycopy(known, 0, both, unknown.length, known.length);

        assertThat(NoteCodec.read(both, START)).isEqualTo(notes);
    }

    @Test
    void anyFlippedBitIsNoticed() throws Exception {
        byte[] whole = bytes(new RandomLog(7, 2, false).entries());
        var random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatExceptionOfType(IndexDamage.class)
                    .isThrownBy(() -> IndexBlock.of(MemorySegment.ofArray(damaged)));
        }
    }

    @Test
    void aBlockThatWasCutShortIsNone() throws Exception {
        byte[] whole = bytes(new RandomLog(7, 2, false).entries());
        for (int length : new int[] {0, 1, 63, 64, 200, whole.length - 1}) {
            assertThatExceptionOfType(IndexDamage.class)
                    .isThrownBy(
                            () ->
                                    IndexBlock.of(
                                            MemorySegment.ofArray(
                                                    java.util.Arrays.copyOf(whole, length))));
        }
    }

    @Test
    void aNewerEntryTakesThePlaceOfTheOneBefore() throws Exception {
        List<SegmentEntry> entries = new RandomLog(11, 3, false).entries();
        var writer = writer(entries);
        writer.add(IndexBlock.of(MemorySegment.ofArray(bytes(entries))));
        SegmentEntry old = entries.get(1);
        SegmentEntry newer =
                new SegmentEntry(
                        old.segment(),
                        old.version(),
                        new SegmentEntry.Source(99, 99),
                        old.pageTimeline(),
                        old.end(),
                        old.whole(),
                        old.openRecord(),
                        old.records(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        new SegmentEntry.Absent(true, false, true));
        writer.add(List.of(newer));

        IndexBlock block = IndexBlock.of(MemorySegment.ofArray(writer.bytes()));

        assertThat(block.count()).isEqualTo(entries.size());
        assertThat(block.entry(0)).contains(entries.get(0));
        assertThat(block.entry(1)).contains(newer);
        assertThat(block.entry(2)).contains(entries.get(2));
    }

    @Test
    void randomBytesMakeNoEntryAndNothingWorse() throws Exception {
        var random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            try {
                NoteCodec.read(noise, START);
                SecondCodec.read(noise, START);
            } catch (IndexDamage expected) {
                assertThat(expected).hasMessageMatching(".+");
            }
        }
    }

    private static List<IndexNote> everyNote() {
        Lsn at = START.plus(4096);
        Lsn end = START.plus(5000);
        var file = new RelationFile(1663, 5, 0xFFFFFFFFL);
        List<WalEvent> events =
                List.of(
                        new WalEvent.RestorePoint(at, end, TIME, "before the upgrade ä"),
                        new WalEvent.ParameterChange(
                                at, end, 100, 8, 10, 0, 64, WalEvent.WalLevel.MINIMAL, true, false),
                        new WalEvent.EndOfRecovery(
                                at, end, TIME, new TimelineId(3), new TimelineId(2)),
                        new WalEvent.DatabaseCreated(
                                at,
                                end,
                                -5,
                                new DatabaseFiles(16_384, 1663),
                                Optional.of(new DatabaseFiles(1, 1663))),
                        new WalEvent.DatabaseCreated(
                                at, end, 7, new DatabaseFiles(16_384, 1663), Optional.empty()),
                        new WalEvent.DatabaseDropped(at, end, 8, 16_384, List.of(1663L, 17_000L)),
                        new WalEvent.TablespaceCreated(at, end, 9, 17_000, "/srv/space"),
                        new WalEvent.TablespaceDropped(at, end, 9, 17_000),
                        new WalEvent.TablesTruncated(
                                at, end, 10, 5, List.of(16_400L, 16_405L), true, false),
                        new WalEvent.BackupEnd(at, end, START.plus(-(1L << 22))),
                        new WalEvent.ContinuationOverwritten(at, end, START, TIME));
        List<IndexNote> notes = new ArrayList<>();
        events.forEach(event -> notes.add(new IndexNote.Event(event)));
        notes.add(new IndexNote.FilesDropped(at, end, -1, TIME, 5, 40, List.of(file)));
        notes.add(new IndexNote.FilesCreated(at, 12, 1, List.of(file)));
        notes.add(new IndexNote.RowsChanged(at, 13, file, -3, 1_000, 1L << 33));
        return notes;
    }

    private static BlockWriter writer(List<SegmentEntry> entries) {
        return new BlockWriter(
                BlockName.of(entries.getFirst().segment()),
                WalBuilder.SYSTEM,
                WalBuilder.SEGMENT_BYTES);
    }

    private static byte[] bytes(List<SegmentEntry> entries) {
        BlockWriter writer = writer(entries);
        writer.add(entries);
        return writer.bytes();
    }

    @Test
    void aBlocksNameIsReadBack() {
        var name = BlockName.of(new WalSegment(new TimelineId(0xAB), 70_000, 1 << 20));

        assertThat(name).hasToString("000000AB-000000000001.idx");
        assertThat(BlockName.parse(name.toString())).contains(name);
        assertThat(BlockName.parse("00000000-000000000001.idx")).isEmpty();
        assertThat(BlockName.parse("somebody's.idx")).isEmpty();
    }
}
