package dev.lifeboat.wal.archive;

import static dev.lifeboat.wal.archive.ArchiveFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.ArchivedWal;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

class WalInventoryTest {
    private static final int SIZE = 16 << 20;
    private static final TimelineId ONE = TimelineId.FIRST;
    private final ArchiveFixture in = new ArchiveFixture();

    @Test
    void tellsFilesFormsAndRegionsApart() throws RecoveryException {
        byte[] some = new byte[10];
        put(in.primary, "wal/0000000100000000000000FF.zst.enc", some);
        put(in.primary, "wal/0000000100000000000000FF", some);
        put(in.primary, "wal/0000000100000000000000FF.00000028.backup", some);
        put(in.primary, "wal/000000010000000100000000.partial.gz", some);
        put(in.primary, "wal/00000002.history.enc", some);
        put(in.primary, "wal/notes.txt", some);
        put(in.dr, "wal/000000010000000100000000.zst.enc", some);

        WalInventory inventory = in.archive().inventory(CancelToken.never());

        var segment = WalFileName.parse("0000000100000000000000FF");
        assertThat(inventory.region(Region.Role.PRIMARY).orElseThrow().forms(segment))
                .containsExactly(ArchivedForm.ZSTD_ENCRYPTED, ArchivedForm.PLAIN);
        assertThat(inventory.region(Region.Role.DR).orElseThrow().forms(segment)).isEmpty();
        assertThat(inventory.region(Region.Role.PRIMARY).orElseThrow().objects()).isEqualTo(5);
        assertThat(inventory.region(Region.Role.PRIMARY).orElseThrow().storedBytes()).isEqualTo(50);
        assertThat(inventory.histories())
                .extracting(WalFileName.History::name)
                .containsExactly("00000002.history");
        assertThat(inventory.backupHistories()).hasSize(1);
        assertThat(inventory.partials()).hasSize(1);
        assertThat(inventory.timelines()).containsExactly(ONE, new TimelineId(2));
        assertThat(inventory.runs(ONE, SIZE))
                .containsExactly(run("0000000100000000000000FF", "000000010000000100000000"));
        assertThat(inventory.runs(Region.Role.PRIMARY, ONE, SIZE))
                .containsExactly(run("0000000100000000000000FF", "0000000100000000000000FF"));
    }

    @Test
    void saysWhichRegionCouldNotBeListed() throws RecoveryException {
        put(in.primary, "wal/0000000100000000000000FF", new byte[1]);
        in.dr.failing = StorageException.Kind.ACCESS_DENIED;

        WalInventory inventory = in.archive().inventory(CancelToken.never());

        assertThat(inventory.regions()).hasSize(1);
        assertThat(inventory.unlisted().get(Region.Role.DR).code())
                .isEqualTo(ProblemCode.ACCESS_DENIED);
    }

    @Test
    void isAProblemWhenNoRegionCanBeListed() {
        in.primary.failing = StorageException.Kind.UNREACHABLE;
        in.dr.failing = StorageException.Kind.UNREACHABLE;

        assertThatThrownBy(() -> in.archive().inventory(CancelToken.never()))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void stopsWhenItIsAskedTo() {
        CancelToken cancel = new CancelToken();
        cancel.cancel();

        assertThatThrownBy(() -> in.archive().inventory(cancel))
                .isInstanceOf(CancelledException.class);
    }

    @Property(tries = 200)
    void runsAreTheUnionOfBothRegions(
            @ForAll @Size(max = 60) Set<@IntRange(max = 600) Integer> primary,
            @ForAll @Size(max = 60) Set<@IntRange(max = 600) Integer> dr) {
        var inventory =
                new WalInventory(
                        List.of(region(Region.Role.PRIMARY, primary), region(Region.Role.DR, dr)),
                        Map.of());

        Set<Long> found =
                inventory.runs(ONE, SIZE).stream()
                        .flatMapToLong(
                                run ->
                                        LongStream.rangeClosed(
                                                run.first().number(), run.last().number()))
                        .boxed()
                        .collect(Collectors.toSet());

        var expected = new TreeSet<Integer>(primary);
        expected.addAll(dr);
        assertThat(found)
                .isEqualTo(expected.stream().map(Integer::longValue).collect(Collectors.toSet()));
        List<WalRun> runs = inventory.runs(ONE, SIZE);
        for (int i = 1; i < runs.size(); i++) {
            assertThat(runs.get(i).first().number())
                    .isGreaterThan(runs.get(i - 1).last().number() + 1);
        }
    }

    @Test
    void aMillionSegmentsTakeAFewMegabytes() {
        var set = new SegmentSet(ONE);
        long before = used();
        for (long number = 0; number < 1_000_000; number++) {
            set.add(
                    number >>> 8 << 32 | (number & 0xFF),
                    ArchivedForm.ZSTD_ENCRYPTED,
                    number,
                    Instant.EPOCH);
        }
        set.seal();
        long taken = used() - before;

        assertThat(WalRun.of(ONE, SIZE, List.of(set)))
                .containsExactly(
                        new WalRun(
                                new WalSegment(ONE, 0, SIZE), new WalSegment(ONE, 999_999, SIZE)));
        assertThat(taken).isLessThan(40L << 20);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static RegionInventory region(Region.Role role, Set<Integer> numbers) {
        var inventory = new RegionInventory(role);
        for (int number : new TreeSet<>(numbers)) {
            String name = new WalSegment(ONE, number, SIZE).name();
            inventory.add(
                    ArchivedWal.parse(name).orElseThrow(),
                    new ObjectInfo(
                            "wal/" + name,
                            1,
                            "e",
                            Instant.EPOCH,
                            ObjectInfo.STANDARD,
                            Map.of(),
                            ObjectInfo.Availability.AVAILABLE));
        }
        return inventory;
    }

    private static WalRun run(String first, String last) {
        return new WalRun(
                WalSegment.parse(first, SIZE).orElseThrow(),
                WalSegment.parse(last, SIZE).orElseThrow());
    }
}
