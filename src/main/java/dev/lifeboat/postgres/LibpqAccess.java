package dev.lifeboat.postgres;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a program of PostgreSQL reaches a database: libpq's variables, and the password in a file
 * that only the program's user can read. The file lies in memory (/dev/shm) where the machine has
 * that, and goes with {@link #close()}; what a killed run left behind goes with the next.
 */
final class LibpqAccess implements AutoCloseable {
    private static final String PREFIX = "lifeboat-pass-";

    private final Map<String, String> environment;
    private final Path passFile;

    private LibpqAccess(Map<String, String> environment, Path passFile) {
        this.environment = Map.copyOf(environment);
        this.passFile = passFile;
    }

    static LibpqAccess open(Host host, ConnectionSpec spec) throws RecoveryException {
        var variables = new HashMap<String, String>();
        variables.put("PGHOST", spec.host());
        variables.put("PGPORT", Integer.toString(spec.port()));
        variables.put("PGDATABASE", spec.database());
        variables.put("PGUSER", spec.user());
        spec.options()
                .forEach(
                        (keyword, value) ->
                                LibpqKeyword.of(keyword)
                                        .ifPresent(
                                                known -> variables.put(known.variable(), value)));
        variables.remove("");
        variables.putIfAbsent("PGAPPNAME", "lifeboat");
        Path directory = directory();
        sweep(host, directory);
        if (spec.password().isEmpty()) {
            return new LibpqAccess(variables, null);
        }
        Path file = directory.resolve(PREFIX + ProcessHandle.current().pid() + "-" + next());
        write(file, spec.password().get());
        variables.put("PGPASSFILE", file.toString());
        return new LibpqAccess(variables, file);
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void close() throws RecoveryException {
        if (passFile != null) {
            delete(passFile);
        }
    }

    private static void write(Path file, Secret password) throws RecoveryException {
        byte[] text = password.copyUtf8();
        byte[] line = new byte[0];
        try {
            refuseLineBreaks(text);
            line =
                    PassFile.lineForAll(new String(text, StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8);
            writePrivately(file, line);
        } catch (IOException failed) {
            throw FileProblem.of("A file for a password could not be made", file, failed);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(line, (byte) 0);
        }
    }

    private static void refuseLineBreaks(byte[] text) throws RecoveryException {
        for (byte each : text) {
            if (each == '\n' || each == '\r' || each == 0) {
                throw ConnectionText.unreadable(
                        "The password holds a line break, which libpq's password file cannot.");
            }
        }
    }

    /** The file is private from its first moment on, and was not there before. */
    private static void writePrivately(Path file, byte[] line) throws IOException {
        FileAttribute<?>[] attributes =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(file, Set.of(CREATE_NEW, WRITE), attributes)) {
            channel.write(ByteBuffer.wrap(line));
        }
    }

    private static String next() {
        return Long.toHexString(new java.security.SecureRandom().nextLong());
    }

    private static Path directory() {
        Path memory = Path.of("/dev/shm");
        return Files.isDirectory(memory) && Files.isWritable(memory)
                ? memory
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void sweep(Host host, Path directory) throws RecoveryException {
        try (var files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                String pid = file.getFileName().toString().substring(PREFIX.length());
                pid = pid.substring(0, Math.max(0, pid.indexOf('-')));
                if (pid.matches("\\d{1,10}")
                        && !host.processes().isAlive(Long.parseLong(pid))
                        && Files.isWritable(file)) {
                    delete(file);
                }
            }
        } catch (IOException unreadable) {
            throw FileProblem.of("The directory could not be listed", directory, unreadable);
        }
    }

    private static void delete(Path file) throws RecoveryException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw FileProblem.of("A file with a password could not be deleted", file, failed);
        }
    }
}
