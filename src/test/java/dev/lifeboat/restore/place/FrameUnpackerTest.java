package dev.lifeboat.restore.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.Manifest.Continuation;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

class FrameUnpackerTest {
    @TempDir Path folder;

    /** One frame of a stream, and where it begins. */
    private static final class Frame {
        private final byte[] plain;
        private final Continuation begins;

        Frame(byte[] plain, Continuation begins) {
            this.plain = plain;
            this.begins = begins;
        }
    }

    @Test
    void putsEveryFileWhereItBelongs() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        byte[] tar =
                new Tar()
                        .file("backup_label", "label")
                        .directory("base/5")
                        .file("base/5/1259", "pg_class")
                        .file("./base/5/empty", "")
                        .directory("pg_notify")
                        .link("pg_tblspc/16400", "/live/source/tablespace")
                        .file("global/pg_control", "control")
                        .end();

        unpack(data, new Frame(tar, null));

        assertThat(data.resolve("base/5/1259")).hasContent("pg_class");
        assertThat(data.resolve("base/5/empty")).isEmptyFile();
        assertThat(data.resolve("pg_notify")).isEmptyDirectory();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(data.resolve("base"))))
                .isEqualTo("rwx------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(data.resolve("backup_label"))))
                .isEqualTo("rw-------");
    }

    @Test
    void withholdsTheControlFileSoThatNobodyCanStartTheServer() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));

        unpack(data, new Frame(new Tar().file("global/pg_control", "control").end(), null));

        assertThat(data.resolve("global/pg_control")).doesNotExist();
        assertThat(data.resolve("global/pg_control.lifeboat")).hasContent("control");
    }

    @Test
    void neverMakesALinkIntoTheSourcesTablespace() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));

        unpack(data, new Frame(new Tar().link("pg_tblspc/16400", "/live/tablespace").end(), null));

        assertThat(data.resolve("pg_tblspc/16400")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../outside",
                "base/../../outside",
                "base//5",
                "base/./5",
                "base/5/\u0007",
                ".."
            })
    void refusesNamesThatLeadOutOfTheDataDirectory(String name) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));

        assertThatThrownBy(() -> unpack(data, new Frame(new Tar().file(name, "x").end(), null)))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.OBJECT_DAMAGED));
        assertThatThrownBy(
                        () ->
                                unpack(
                                        data,
                                        new Frame(
                                                new byte[TarMember.BLOCK_BYTES],
                                                new Continuation(name, 0, 1))))
                .isInstanceOf(RecoveryException.class);
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void refusesLinksOtherThanThoseOfKnownTablespaces() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));

        for (String name : List.of("base", "pg_wal", "pg_tblspc/16401", "pg_tblspc/../x")) {
            assertThatThrownBy(
                            () -> unpack(data, new Frame(new Tar().link(name, "/tmp").end(), null)))
                    .isInstanceOf(RecoveryException.class);
        }
        assertThatThrownBy(() -> unpack(data, new Frame(new Tar().other("dev", '3').end(), null)))
                .isInstanceOf(RecoveryException.class);
    }

    @Test
    void doesNotWriteThroughALinkThatSomebodyPutThere() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(data.resolve("base"), outside);
        Path victim = Files.writeString(outside.resolve("victim"), "untouched");
        Files.createSymbolicLink(data.resolve("PG_VERSION"), victim);

        assertThatThrownBy(() -> unpack(data, new Frame(new Tar().file("base/1", "x").end(), null)))
                .isInstanceOf(RecoveryException.class);
        assertThatThrownBy(
                        () ->
                                unpack(
                                        data,
                                        new Frame(new Tar().file("PG_VERSION", "x").end(), null)))
                .isInstanceOf(RecoveryException.class);
        assertThat(outside.resolve("1")).doesNotExist();
        assertThat(victim).hasContent("untouched");
    }

    /** Frames come in any order, and some of them twice: after a kill, or from the other region. */
    @Property(tries = 40)
    void framesMakeTheSameFilesInAnyOrder(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3000) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 6) int frameBlocks,
            @ForAll Random random)
            throws Exception {
        Path data = Files.createTempDirectory("unpack");
        try {
            List<byte[]> contents = new ArrayList<>();
            var tar = new Tar();
            for (int i = 0; i < sizes.size(); i++) {
                byte[] content = new byte[sizes.get(i)];
                random.nextBytes(content);
                contents.add(content);
                tar.file("base/" + i, content);
            }
            List<Frame> frames = cut(tar.end(), frameBlocks * TarMember.BLOCK_BYTES);
            List<Frame> order = new ArrayList<>(frames);
            order.add(frames.get(random.nextInt(frames.size())));
            Collections.shuffle(order, random);

            for (Frame frame : order) {
                unpack(data, frame);
            }

            for (int i = 0; i < contents.size(); i++) {
                assertThat(data.resolve("base/" + i)).hasBinaryContent(contents.get(i));
            }
        } finally {
            new LocalHost().files().deleteTree(data, data.getParent());
        }
    }

    private static List<Frame> cut(byte[] tar, int frameBytes) throws Exception {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < tar.length; at += frameBytes) {
            byte[] plain = Arrays.copyOfRange(tar, at, Math.min(tar.length, at + frameBytes));
            frames.add(new Frame(plain, FramedStream.continuationAt(tar, at)));
        }
        return frames;
    }

    private static void unpack(Path data, Frame frame) throws Exception {
        var host = new LocalHost();
        var files = new PlacedFiles(host, host.currentUser(), Set.of(data));
        new FrameUnpacker(
                        "Frame 0",
                        new StreamRoot(data),
                        files,
                        Set.of(16400L),
                        frame.plain,
                        frame.plain.length)
                .unpack(frame.begins);
    }
}
