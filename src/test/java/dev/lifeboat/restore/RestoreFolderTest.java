package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.host.LocalHost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class RestoreFolderTest {
    @TempDir Path home;

    @Test
    void isPassedThroughByTheServersUserAndReadByNobodyElse() throws Exception {
        RestoreFolder folder = RestoreFolder.of(home, "mockupaws_1");

        folder.create(new LocalHost());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx--x--x");
    }

    @Test
    void isMadePassableWhereItWasPrivate() throws Exception {
        RestoreFolder folder = RestoreFolder.of(home, "mockupaws_1");
        Files.createDirectories(folder.path());
        Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwx------"));

        folder.create(new LocalHost());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx--x--x");
    }
}
