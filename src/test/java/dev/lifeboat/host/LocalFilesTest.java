package dev.lifeboat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;

class LocalFilesTest {
    private final Host host = new LocalHost();
    private final HostFiles files = host.files();
    private final OsUser self = host.currentUser();
    @TempDir Path dir;

    @Test
    void makesADirectoryThatItsOwnerAloneCanEnter() throws Exception {
        Path made = dir.resolve("a/b/data");

        files.createPrivateDirectory(made, self);

        assertThat(PosixFilePermissions.toString(files.permissions(made))).isEqualTo("rwx------");
        assertThat(files.owner(made)).isEqualTo(self.name());
    }

    @Test
    void neverRenamesOntoSomethingThatExists() throws Exception {
        Path from = Files.createDirectory(dir.resolve("from"));
        Path to = Files.createDirectory(dir.resolve("to"));

        assertThatThrownBy(() -> files.rename(from, to))
                .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                .returns(ProblemCode.TARGET_NOT_EMPTY, RecoveryException::code);
        assertThat(from).isDirectory();
    }

    @Test
    void renames() throws Exception {
        Path from = Files.writeString(dir.resolve("from"), "x");

        files.rename(from, dir.resolve("to"));

        assertThat(dir.resolve("to")).hasContent("x");
        assertThat(from).doesNotExist();
    }

    @Test
    void writesPartsInAnyOrderIntoAFileThatNobodyElseReads() throws Exception {
        Path file = dir.resolve("parts");
        byte[] whole = new byte[3 << 20];
        new Random(1).nextBytes(whole);

        files.writePart(file, 1 << 20, ByteBuffer.wrap(whole, 1 << 20, 2 << 20));
        files.writePart(file, 0, ByteBuffer.wrap(whole, 0, 1 << 20));

        assertThat(file).hasBinaryContent(whole);
        assertThat(files.permissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void writesNoPartThroughALink() throws Exception {
        Path kept = Files.writeString(dir.resolve("kept"), "x");
        Path link = Files.createSymbolicLink(dir.resolve("link"), kept);

        assertThatThrownBy(() -> files.writePart(link, 0, ByteBuffer.wrap(new byte[1])))
                .isInstanceOf(RecoveryException.class);
        assertThat(kept).hasContent("x");
    }

    @Test
    void deletesALinkAndNotWhatItPointsTo() throws Exception {
        Path outside = Files.createDirectory(dir.resolve("outside"));
        Path kept = Files.writeString(outside.resolve("kept"), "x");
        Path root = Files.createDirectory(dir.resolve("root"));
        Path doomed = Files.createDirectory(root.resolve("doomed"));
        Files.createSymbolicLink(doomed.resolve("link"), outside);

        files.deleteTree(doomed, root);

        assertThat(doomed).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void deletesNothingOutsideTheDirectoryItWasGiven() throws Exception {
        Path root = Files.createDirectory(dir.resolve("root"));
        Path other = Files.createDirectory(dir.resolve("other"));
        Path kept = Files.writeString(other.resolve("kept"), "x");
        Files.createSymbolicLink(root.resolve("way-out"), other);

        assertThatThrownBy(() -> files.deleteTree(other, root))
                .isInstanceOf(RecoveryException.class);
        assertThatThrownBy(() -> files.deleteTree(root, root))
                .isInstanceOf(RecoveryException.class);
        assertThatThrownBy(() -> files.deleteTree(root.resolve("../other"), root))
                .isInstanceOf(RecoveryException.class);
        assertThatThrownBy(() -> files.deleteTree(root.resolve("way-out/kept"), root))
                .isInstanceOf(RecoveryException.class);
        assertThat(kept).exists();
    }

    @Test
    void writesAFileWholeAndPrivate() throws Exception {
        Path file = dir.resolve("settings.conf");
        Files.writeString(file, "old");

        files.writeDurably(file, "new".getBytes(UTF_8), self);

        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(files.permissions(file))).isEqualTo("rw-------");
        assertThat(files.list(dir)).containsExactly(file);
    }

    @Test
    void measuresTheFilesystemAPathWouldLieOn() throws Exception {
        long there = files.freeBytes(dir);

        assertThat(there).isPositive();
        assertThat(files.freeBytes(dir.resolve("not/yet/there"))).isBetween(1L, Long.MAX_VALUE);
        assertThat(files.sameFilesystem(dir, dir.resolve("not/yet"))).isTrue();
        assumeTrue(Files.isDirectory(Path.of("/proc/self")));
        assertThat(files.sameFilesystem(dir, Path.of("/proc/self/none"))).isFalse();
    }

    @Test
    void syncsAndMeasuresATree() throws Exception {
        Files.createDirectories(dir.resolve("a/b"));
        Files.write(dir.resolve("a/b/f"), new byte[1000]);
        Files.createSymbolicLink(dir.resolve("a/dangling"), dir.resolve("nowhere"));

        files.fsyncTree(dir);

        assertThat(files.treeBytes(dir)).isEqualTo(1000);
    }

    @Test
    void saysTheReasonOfAFailure() {
        assertThatThrownBy(() -> files.readText(dir.resolve("missing")))
                .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                .returns(ProblemCode.HOST_FAILURE, RecoveryException::code)
                .extracting(failure -> failure.problem().why())
                .asString()
                .contains("no such file or directory");
    }

    @Test
    void namesTheAncestorThatBlocksTheServerUser() throws Exception {
        assumeTrue(self.isRoot());
        OsUser server = ServerUser.choose(host, Map.of());
        Path closed = Files.createDirectories(dir.resolve("closed/inner")).getParent();
        files.setPermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        files.setPermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertThat(files.blockedAt(server, closed.resolve("inner/data"))).contains(closed);
        assertThat(files.blockedAt(server, dir)).isEmpty();
        assertThat(files.writableBy(server, dir)).isFalse();
        assertThat(files.readableBy(server, dir)).isTrue();
        assertThatThrownBy(() -> ServerUser.requireReach(host, server, closed.resolve("inner")))
                .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                .returns(ProblemCode.TARGET_NOT_WRITABLE, RecoveryException::code);
    }

    @Test
    void givesATreeToAnotherUserButNotWhatItsLinksPointTo() throws Exception {
        assumeTrue(self.isRoot());
        OsUser server = ServerUser.choose(host, Map.of());
        Path tree = Files.createDirectories(dir.resolve("tree/a")).getParent();
        Path outside = Files.writeString(dir.resolve("outside"), "x");
        Files.createSymbolicLink(tree.resolve("link"), outside);

        files.chownTree(tree, server);

        assertThat(files.owner(tree.resolve("a"))).isEqualTo(server.name());
        assertThat(files.owner(outside)).isEqualTo(self.name());
    }
}
