package dev.lifeboat.restore;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.restore.place.ClaimedDirectory;
import dev.lifeboat.restore.place.Placement;
import dev.lifeboat.restore.server.ServerFiles;
import dev.lifeboat.restore.spool.Spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything one restore touches on its machine.
 *
 * @param folder what it keeps of itself
 */
record RestoreSite(PhysicalPlan plan, RestoreFolder folder, RestoreTools tools, Journal journal) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    Host host() {
        return tools.host();
    }

    HostFiles files() {
        return tools.host().files();
    }

    OsUser engine() {
        return tools.host().currentUser();
    }

    RestoreHistory history() {
        return RestoreHistory.of(journal.events());
    }

    ClaimedDirectory data() {
        return claimed(plan.dataDirectory());
    }

    List<ClaimedDirectory> tablespaces() {
        return plan.tablespaces().values().stream().map(this::claimed).toList();
    }

    /** The spool lies on the data directory's file system, so that moving a segment is a rename. */
    Path spoolRoot() throws RecoveryException {
        return files().sameFilesystem(folder.path(), plan.dataDirectory())
                ? folder.spool()
                : plan.dataDirectory()
                        .resolveSibling(plan.dataDirectory().getFileName() + ".lifeboat-spool");
    }

    Spool spool() throws RecoveryException {
        return new Spool(spoolRoot(), files(), engine(), tools.serverUser());
    }

    Path serverWal() {
        return plan.dataDirectory().resolve("pg_wal");
    }

    /** Whether the server has not yet used the base's label, which tells it where to begin. */
    boolean hasLabel() {
        return files().exists(plan.dataDirectory().resolve("backup_label"));
    }

    Placement placement() {
        return new Placement(plan.dataDirectory(), files(), tools.serverUser());
    }

    ServerFiles serverFiles() {
        return new ServerFiles(
                plan.dataDirectory(), folder.originals(), files(), tools.serverUser(), engine());
    }

    PgInstallation programs() throws RecoveryException {
        return tools.programs()
                .ofMajor(
                        plan.base().serverMajor(),
                        PgProgram.POSTGRES,
                        PgProgram.INITDB,
                        PgProgram.PG_CONTROLDATA);
    }

    /** Names this run of the machine; the same text where the OS does not tell. */
    static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    ClaimedDirectory claimed(Path directory) {
        return new ClaimedDirectory(directory, plan.id(), files(), engine());
    }
}
