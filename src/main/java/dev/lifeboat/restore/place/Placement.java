package dev.lifeboat.restore.place;

import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.host.FileProblem;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.BackupLabel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** What makes unpacked frames a data directory, and the proof that it is a whole one. */
public final class Placement {
    private static final String LABEL = "backup_label";

    private final Path dataDirectory;
    private final HostFiles files;
    private final OsUser server;

    public Placement(Path dataDirectory, HostFiles files, OsUser server) {
        this.dataDirectory = dataDirectory;
        this.files = files;
        this.server = server;
    }

    /**
     * Leads the tablespaces to their new directories, then compares the directory with the source's
     * list of files and with the manifest.
     *
     * @return how many files the list names
     * @throws RecoveryException BACKUP_INCOMPLETE when something is missing, has another size or
     *     contradicts the manifest
     */
    public long complete(BaseFacts facts, Map<Long, Path> tablespaces) throws RecoveryException {
        for (var tablespace : tablespaces.entrySet()) {
            link(tablespace.getKey(), tablespace.getValue());
        }
        long checked = new BackupManifestCheck(dataDirectory).check();
        checkLabel(facts);
        return checked;
    }

    /** Where the control file waits. */
    public Path withheldControlFile() {
        return dataDirectory.resolve(StreamRoot.WITHHELD_CONTROL_FILE);
    }

    /** Whether the directory can be started: its control file has its name. */
    public boolean isReleased() {
        return files.exists(dataDirectory.resolve(StreamRoot.CONTROL_FILE));
    }

    /** Gives the control file its name: from now on a server can be started. */
    public void release() throws RecoveryException {
        if (!isReleased()) {
            files.rename(withheldControlFile(), dataDirectory.resolve(StreamRoot.CONTROL_FILE));
        }
    }

    private void link(long oid, Path directory) throws RecoveryException {
        Path link = dataDirectory.resolve("pg_tblspc").resolve(Long.toString(oid));
        try {
            if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(directory)) {
                return;
            }
            Files.createSymbolicLink(link, directory);
        } catch (IOException failed) {
            throw FileProblem.of("The tablespace could not be linked", link, failed);
        }
        files.chown(link, server);
    }

    private void checkLabel(BaseFacts facts) throws RecoveryException {
        Path file = dataDirectory.resolve(LABEL);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw wrongLabel(
                    "It has no backup_label; a server would recover from the wrong checkpoint");
        }
        BackupLabel label = BackupLabel.parse(files.readText(file));
        boolean agrees =
                label.start().equals(facts.startLsn())
                        && label.timeline().value() == facts.timeline();
        if (!agrees) {
            throw wrongLabel(
                    "Its backup_label begins at "
                            + label.start()
                            + " on timeline "
                            + label.timeline()
                            + ", its manifest at "
                            + facts.startLsn()
                            + " on timeline "
                            + facts.timeline());
        }
    }

    private static RecoveryException wrongLabel(String why) {
        return new RecoveryException(
                ProblemCode.BACKUP_INCOMPLETE,
                "The base is not whole, so no server is started on it.",
                why + ".",
                "Choose another base, and verify this one with: lifeboat verify ID --level"
                        + " readable.");
    }
}
