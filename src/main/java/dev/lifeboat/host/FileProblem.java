package dev.lifeboat.host;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** Says what an {@link IOException} on a file means. */
public final class FileProblem {
    private FileProblem() {}

    /**
     * {@code NO_SPACE} when the filesystem or a quota is full, else {@code HOST_FAILURE}.
     *
     * @param action what failed, such as {@code "The file could not be written"}; the path is put
     *     behind it
     */
    public static RecoveryException of(String action, Path path, IOException cause) {
        String what = action + ": " + path + ".";
        if (isFull(cause)) {
            return new RecoveryException(
                    ProblemCode.NO_SPACE,
                    what,
                    "The filesystem that holds it is full (" + reason(cause) + ").",
                    "Free space there (see: df -h "
                            + existing(path)
                            + "), then run the command again.",
                    cause);
        }
        return new RecoveryException(
                ProblemCode.HOST_FAILURE,
                what,
                "The operating system said: " + reason(cause) + ".",
                "Look at the path with: ls -ld " + path + "; mend it, then run the command again.",
                cause);
    }

    /** The command refuses a path that could not even be made. */
    private static Path existing(Path path) {
        Path known = path.toAbsolutePath();
        while (known.getParent() != null && Files.notExists(known)) {
            known = known.getParent();
        }
        return known;
    }

    /** Whether the disk or a quota was full. */
    public static boolean isFull(IOException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("quota exceeded")
                || text.contains("not enough space on the disk");
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it exists already";
            case DirectoryNotEmptyException _ -> "the directory is not empty";
            case NotDirectoryException _ -> "not a directory";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default ->
                    cause.getMessage() == null
                            ? cause.getClass().getSimpleName()
                            : cause.getMessage();
        };
    }
}
