package dev.lifeboat.backup.push;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The resident's folder below LIFEBOAT_HOME, which its owner alone may enter. {@code
 * packaging/push.sh} reads it: names and contents are a contract between the two.
 *
 * <ul>
 *   <li>{@code pid}: the resident, while it is at work
 *   <li>{@code durable/NAME}: the marker of a file that is durable in S3
 *   <li>{@code failed/NAME}: the last attempt failed; the resident goes on trying
 * </ul>
 *
 * @param path {@code push/} and the data directory's path, its slashes replaced by {@code %}
 */
record PushFolder(Path path) {
    private static final String PID = "pid";
    private static final String DURABLE = "durable";
    private static final String FAILED = "failed";

    static PushFolder of(Path home, DataDirectory directory) {
        String name = directory.path().toString().substring(1).replace('/', '%');
        return new PushFolder(home.resolve("push").resolve(name));
    }

    /** Makes the folder itself, for the resident's lock. */
    void create() throws RecoveryException {
        try {
            createPrivate(path.getParent());
            createPrivate(path);
        } catch (IOException refused) {
            throw unusable(refused);
        }
    }

    /** Makes what is in it, and takes away what an earlier resident left. */
    void clear() throws RecoveryException {
        try {
            createPrivate(path.resolve(DURABLE));
            createPrivate(path.resolve(FAILED));
            for (String folder : List.of(DURABLE, FAILED)) {
                for (String name : names(folder)) {
                    Files.deleteIfExists(path.resolve(folder).resolve(name));
                }
            }
        } catch (IOException refused) {
            throw unusable(refused);
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    void writePid(long pid) throws RecoveryException {
        try {
            write(path.resolve(PID), Long.toString(pid) + "\n");
        } catch (IOException refused) {
            throw unusable(refused);
        }
    }

    void removePid() throws IOException {
        Files.deleteIfExists(path.resolve(PID));
    }

    /** To be called only once the file is durable in S3. */
    void markDurable(String name, FileFacts facts, String stamp) throws IOException {
        write(path.resolve(DURABLE).resolve(name), facts.text() + "\n" + stamp + "\n");
        Files.deleteIfExists(path.resolve(FAILED).resolve(name));
    }

    void markFailed(String name, String why) throws IOException {
        write(path.resolve(FAILED).resolve(name), why + "\n");
    }

    void forget(String name) throws IOException {
        Files.deleteIfExists(path.resolve(DURABLE).resolve(name));
        Files.deleteIfExists(path.resolve(FAILED).resolve(name));
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(path.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName());
        Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private RecoveryException unusable(IOException cause) {
        return new RecoveryException(
                ProblemCode.HOST_FAILURE,
                "The folder " + path + " cannot be used.",
                "The file system answered: " + cause.getMessage() + ".",
                "Set LIFEBOAT_HOME, in the server's environment, to a folder of its OS user.",
                cause);
    }
}
