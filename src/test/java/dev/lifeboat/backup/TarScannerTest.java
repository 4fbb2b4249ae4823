package dev.lifeboat.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.Manifest.Continuation;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class TarScannerTest {
    @TempDir Path folder;

    @Test
    void readsAlongInAnArchiveOfTheTarProgram() throws Exception {
        byte[] big = new byte[70_000];
        new Random(7).nextBytes(big);
        Files.createDirectories(folder.resolve("in/base/1"));
        Files.write(folder.resolve("in/base/1/1259"), big);
        Files.writeString(folder.resolve("in/backup_label"), "START\n");
        Files.createFile(folder.resolve("in/empty"));
        Files.createSymbolicLink(folder.resolve("in/link"), Path.of("/mnt/fast"));
        byte[] tar = tar(folder.resolve("in"));
        var seen = new Recorder();

        var scanner = new TarScanner("base", seen);
        scanner.pass(tar, 0, tar.length);
        scanner.finish();

        assertThat(seen.members)
                .contains(
                        new TarMember("backup_label", TarMember.Kind.FILE, 6),
                        new TarMember("base/1", TarMember.Kind.DIRECTORY, 0),
                        new TarMember("empty", TarMember.Kind.FILE, 0),
                        new TarMember("link", TarMember.Kind.LINK, 0),
                        new TarMember("base/1/1259", TarMember.Kind.FILE, 70_000));
        assertThat(seen.contentOf("base/1/1259")).isEqualTo(big);
        assertThat(seen.contentOf("backup_label"))
                .isEqualTo("START\n".getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 200)
    void knowsAtEveryBlockWhichFileGoesOn(
            @ForAll @Size(max = 12) List<@IntRange(max = 3000) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 2000) int pieceBytes)
            throws RecoveryException {
        var tar = new ByteArrayOutputStream();
        var expected = new ArrayList<Continuation>();
        for (int i = 0; i < sizes.size(); i++) {
            var member = new TarMember("f" + i, TarMember.Kind.FILE, sizes.get(i));
            tar.writeBytes(TarHeader.of(member.name(), member.sizeBytes(), 0));
            expected.add(null);
            tar.writeBytes(new byte[(int) member.paddedBytes()]);
            for (long at = 0; at < member.sizeBytes(); at += TarMember.BLOCK_BYTES) {
                expected.add(new Continuation(member.name(), at, member.sizeBytes() - at));
            }
        }
        tar.writeBytes(new byte[2 * TarMember.BLOCK_BYTES]);
        byte[] bytes = tar.toByteArray();

        var seen = new Recorder();
        var scanner = new TarScanner("base", seen);
        var found = new ArrayList<Continuation>();
        for (int at = 0; at < bytes.length; ) {
            int toBlock = TarMember.BLOCK_BYTES - at % TarMember.BLOCK_BYTES;
            if (toBlock == TarMember.BLOCK_BYTES) {
                found.add(scanner.continuation());
            }
            int count = Math.min(toBlock, pieceBytes);
            scanner.pass(bytes, at, count);
            at += count;
        }
        scanner.finish();

        assertThat(found.subList(0, expected.size())).isEqualTo(expected);
        assertThat(seen.members).hasSize(sizes.size());
        assertThat(scanner.position()).isEqualTo(bytes.length);
    }

    @Test
    void takesSizesOfEightGibibytesAndMore() throws Exception {
        long size = 9L << 30;

        TarMember member = TarMember.parse(TarHeader.of("base/1/huge", size, 0));

        assertThat(member.sizeBytes()).isEqualTo(size);
    }

    @Test
    void refusesAStreamThatEndsEarly() throws RecoveryException {
        byte[] tar = archive("PG_VERSION", "15\n");
        for (int length : new int[] {0, 100, 512, 514, 1024, 1536}) {
            var scanner = new TarScanner("base", new Recorder());
            scanner.pass(tar, 0, length);

            failed(scanner::finish);
        }
    }

    @Test
    void refusesBytesThatAreNoHeader() {
        byte[] tar = archive("PG_VERSION", "15\n");
        tar[3] ^= 1;
        var scanner = new TarScanner("base", new Recorder());

        failed(() -> scanner.pass(tar, 0, tar.length));
    }

    @Test
    void refusesAMemberBehindTheClosingBlocks() {
        byte[] tar = archive("PG_VERSION", "15\n");
        var scanner = new TarScanner("base", new Recorder());

        failed(
                () -> {
                    scanner.pass(tar, 0, tar.length);
                    scanner.pass(tar, 0, tar.length);
                });
    }

    private static void failed(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.BACKUP_FAILED));
    }

    private static byte[] archive(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        var tar = new ByteArrayOutputStream();
        tar.writeBytes(TarHeader.of(name, bytes.length, 0));
        tar.writeBytes(bytes);
        tar.writeBytes(new byte[TarMember.BLOCK_BYTES - bytes.length]);
        tar.writeBytes(new byte[2 * TarMember.BLOCK_BYTES]);
        return tar.toByteArray();
    }

    private static byte[] tar(Path directory) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "tar",
                                "--format=ustar",
                                "-C",
                                directory.toString(),
                                "-cf",
                                "-",
                                ".")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        byte[] bytes = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return bytes;
    }

    private static final class Recorder implements TarScanner.TarVisitor {
        final List<TarMember> members = new ArrayList<>();
        private final List<ByteArrayOutputStream> contents = new ArrayList<>();

        @Override
        public void begin(TarMember member) {
            members.add(member);
            contents.add(new ByteArrayOutputStream());
        }

        @Override
        public void content(byte[] bytes, int offset, int length) {
            contents.getLast().write(bytes, offset, length);
        }

        @Override
        public void end(TarMember member) {
            assertThat(contents.getLast().size()).isEqualTo((int) member.sizeBytes());
        }

        byte[] contentOf(String name) {
            for (int i = 0; i < members.size(); i++) {
                if (members.get(i).name().equals(name)) {
                    return contents.get(i).toByteArray();
                }
            }
            throw new AssertionError(name + " was not seen in " + members);
        }
    }
}
