package dev.lifeboat.host;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs lie. */
final class ProgramPath {
    private static final String USUAL = "/usr/bin:/bin:/usr/sbin:/sbin";

    private ProgramPath() {}

    /** The absolute path of an executable: itself when it names a directory, else looked up. */
    static Optional<String> find(String program, String searchPath) {
        if (program.contains("/") || program.contains(File.separator)) {
            return executable(Path.of(program)) ? Optional.of(program) : Optional.empty();
        }
        String directories = searchPath == null ? USUAL : searchPath + File.pathSeparator + USUAL;
        return Stream.of(directories.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(ProgramPath::executable)
                .map(Path::toString)
                .findFirst();
    }

    private static boolean executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
