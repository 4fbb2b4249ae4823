package dev.lifeboat.secrets;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A file whose one line is a secret. */
final class SecretFile {
    /** Source: openssl-passphrase-options(1) reads a line of at most 1,023 bytes (APP_PASS_LEN). */
    private static final int MAX_BYTES = 1023;

    private static final Set<PosixFilePermission> OWNER =
            Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private final Path path;

    SecretFile(Path path) {
        this.path = path;
    }

    ResolvedSecret read(String setting) throws RecoveryException {
        String origin = "file " + path;
        try {
            byte[] content = content(setting);
            List<String> warnings = new ArrayList<>(permissionWarnings());
            if (endsWithCarriageReturn(content)) {
                warnings.add(
                        "The line in "
                                + path
                                + " ends with a carriage return, which counts as part of the key"
                                + " here as it does for openssl.");
            }
            return new ResolvedSecret(SingleLine.of(content, setting, origin), origin, warnings);
        } catch (IOException unreadable) {
            throw new RecoveryException(
                    ProblemCode.KEY_MISSING,
                    "The " + origin + " that " + setting + " names cannot be read.",
                    reason(unreadable),
                    "Create it with the key as its only line, readable by this user alone: chmod"
                            + " 600 "
                            + path
                            + ".",
                    unreadable);
        }
    }

    private byte[] content(String setting) throws IOException, RecoveryException {
        byte[] content;
        try (InputStream in = Files.newInputStream(path)) {
            content = in.readNBytes(MAX_BYTES + 2);
        }
        if (content.length > MAX_BYTES + 1) {
            Arrays.fill(content, (byte) 0);
            throw new RecoveryException(
                    ProblemCode.KEY_MISSING,
                    "The file " + path + " is too long for a key.",
                    "openssl takes at most " + MAX_BYTES + " bytes, and this file holds more.",
                    "Set " + setting + "=file:PATH to the file that holds the key alone.");
        }
        return content;
    }

    private List<String> permissionWarnings() throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return List.of();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (OWNER.containsAll(permissions)) {
            return List.of();
        }
        return List.of(
                "The key file "
                        + path
                        + " is open to others than its owner ("
                        + PosixFilePermissions.toString(permissions)
                        + "): chmod 600 "
                        + path
                        + ".");
    }

    private static boolean endsWithCarriageReturn(byte[] content) {
        int last = content.length - 1;
        while (last >= 0 && content[last] == '\n') {
            last--;
        }
        return last >= 0 && content[last] == '\r';
    }

    private static String reason(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException _ -> "There is no such file.";
            case AccessDeniedException _ -> "This user may not read it.";
            default -> "The system answered: " + unreadable.getClass().getSimpleName() + ".";
        };
    }
}
