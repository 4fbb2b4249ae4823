package dev.lifeboat.backup;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.BackupLabel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes from the tar stream of a data directory, while it passes, what the manifest must say of it:
 * the label, the WAL the server's own manifest names, and which cluster it is.
 *
 * <p>Source: PostgreSQL documentation, 26.3.3 "Making a Base Backup Using the Low Level API";
 * {@code src/include/catalog/pg_control.h}, ControlFileData, begins with the system identifier.
 */
final class BaseCapture implements TarScanner.TarVisitor {
    private static final String LABEL = "backup_label";
    private static final String SERVER_MANIFEST = "backup_manifest";
    private static final String CONTROL = "global/pg_control";
    private static final String VERSION = "PG_VERSION";
    private static final int LONGEST_TEXT_BYTES = 1 << 20;

    private final BackupManifestJson serverManifest;
    private TarMember member;
    private ByteArrayOutputStream text;
    private BackupLabel label;
    private String systemIdentifier = "";
    private String majorVersion = "";
    private boolean manifestSeen;
    private long files;

    BaseCapture() throws RecoveryException {
        serverManifest = new BackupManifestJson();
    }

    @Override
    public void begin(TarMember begun) throws RecoveryException {
        member = begun;
        files += begun.kind() == TarMember.Kind.FILE ? 1 : 0;
        boolean wanted =
                begun.name().equals(LABEL)
                        || begun.name().equals(CONTROL)
                        || begun.name().equals(VERSION);
        text = wanted ? new ByteArrayOutputStream() : null;
        if (wanted && begun.sizeBytes() > LONGEST_TEXT_BYTES) {
            throw broken("it holds a file " + begun.name() + " of " + begun.sizeBytes() + " bytes");
        }
    }

    @Override
    public void content(byte[] bytes, int offset, int length) throws RecoveryException {
        if (text != null) {
            text.write(bytes, offset, length);
        } else if (member.name().equals(SERVER_MANIFEST)) {
            serverManifest.pass(bytes, offset, length);
        }
    }

    @Override
    public void end(TarMember ended) throws RecoveryException {
        switch (ended.name()) {
            case LABEL -> label = BackupLabel.parse(text.toString(StandardCharsets.UTF_8));
            case VERSION -> majorVersion = text.toString(StandardCharsets.UTF_8).strip();
            case CONTROL -> systemIdentifier = identifier(text.toByteArray());
            case SERVER_MANIFEST -> {
                serverManifest.finish();
                manifestSeen = true;
            }
            default -> {
                // Passes by.
            }
        }
    }

    private static String identifier(byte[] control) throws RecoveryException {
        if (control.length < Long.BYTES) {
            throw broken("its control file holds " + control.length + " bytes");
        }
        return Long.toUnsignedString(
                ByteBuffer.wrap(control).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }

    /**
     * What was seen, once the whole stream has passed.
     *
     * @param wal the one stretch of WAL that makes the backup consistent
     */
    record Seen(
            BackupLabel label,
            BackupManifestJson.WalRange wal,
            String systemIdentifier,
            int majorVersion,
            long files) {}

    /**
     * @throws RecoveryException BACKUP_FAILED when something that makes a base backup one was
     *     missing, or contradicts the rest
     */
    Seen seen() throws RecoveryException {
        requireWhole();
        var first = serverManifest.ranges().getFirst();
        var last = serverManifest.ranges().getLast();
        if (!label.start().equals(first.start()) || label.timeline().value() != first.timeline()) {
            throw broken(
                    "its label says "
                            + label.start()
                            + " on timeline "
                            + label.timeline()
                            + ", its manifest "
                            + first.start()
                            + " on "
                            + first.timeline());
        }
        return new Seen(
                label,
                new BackupManifestJson.WalRange(last.timeline(), first.start(), last.end()),
                systemIdentifier,
                Integer.parseInt(majorVersion),
                files);
    }

    private void requireWhole() throws RecoveryException {
        Optional<String> missing = Optional.empty();
        if (label == null) {
            missing = Optional.of(LABEL);
        } else if (!manifestSeen) {
            missing = Optional.of(SERVER_MANIFEST);
        } else if (systemIdentifier.isEmpty()) {
            missing = Optional.of(CONTROL);
        } else if (!majorVersion.matches("\\d{1,3}")) {
            missing = Optional.of(VERSION);
        }
        if (missing.isPresent()) {
            throw broken("it holds no " + missing.get());
        }
    }

    private static RecoveryException broken(String why) {
        return new RecoveryException(
                ProblemCode.BACKUP_FAILED,
                "What pg_basebackup sent is no complete base backup.",
                "In its stream " + why + ".",
                "Look for an error of pg_basebackup in the log of this backup, then take it again.");
    }
}
