package dev.lifeboat.wal;

import dev.lifeboat.host.LocalHost;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgVersion;

import org.tukaani.xz.XZInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Servers of the majors that the build fetches (pom.xml, execution "servers"), unpacked for one
 * test. They come without client programs.
 */
final class ServerBinaries implements AutoCloseable {
    private static final Path JARS = Path.of("target", "postgres-servers");
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";
    private final Path home;
    private final int major;

    ServerBinaries(int major) throws IOException, InterruptedException {
        this.major = major;
        home =
                Files.createTempDirectory(
                        "lifeboat-server",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        Process tar =
                new ProcessBuilder("tar", "-x", "--no-same-owner", "-C", home.toString())
                        .inheritIO()
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .start();
        try (var jar = new ZipFile(JARS.resolve(major + ".jar").toFile());
                InputStream packed = jar.getInputStream(new ZipEntry(ARCHIVE));
                var plain = new XZInputStream(packed);
                var pipe = tar.getOutputStream()) {
            plain.transferTo(pipe);
        }
        if (tar.waitFor() != 0) {
            throw new IOException("tar could not unpack the server of " + major);
        }
    }

    /** Whether these servers run on this machine. */
    static boolean areUsableHere() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    PgInstallation installation() {
        return new PgInstallation(home.resolve("bin"), PgVersion.of(major, 0));
    }

    @Override
    public void close() throws Exception {
        new LocalHost().files().deleteTree(home, home.getParent());
    }
}
