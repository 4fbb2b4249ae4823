package dev.lifeboat.doctor;

import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgPrograms;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at settings, programs, key, buckets, database and machine; each on its own. */
public final class Doctor {
    private static final long LITTLE_SPACE_BYTES = 1L << 30;

    private final Engine engine;
    private final CancelToken cancel;
    private final List<Finding> findings = new ArrayList<>();

    public Doctor(Engine engine, CancelToken cancel) {
        this.engine = engine;
        this.cancel = cancel;
    }

    private interface Look {
        void at() throws RecoveryException;
    }

    /** Every finding, in the order an operator would look. */
    public List<Finding> examine() throws CancelledException {
        look("settings", this::settings);
        look("programs", this::programs);
        look("key", this::key);
        look("backups", () -> buckets("backups", false));
        look("wal", () -> buckets("wal", true));
        look("newest backup", this::newest);
        look("database", this::database);
        look("server user", this::serverUser);
        look("disk", this::disk);
        look("logs", this::logs);
        return List.copyOf(findings);
    }

    private void look(String subject, Look look) throws CancelledException {
        try {
            look.at();
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException failed) {
            findings.add(Finding.failure(subject, failed.problem()));
        }
    }

    private void settings() throws RecoveryException {
        engine.settings().requireNoContradiction();
        findings.add(
                Finding.ok(
                        "settings",
                        engine.settings()
                                .profile()
                                .map(name -> "profile " + name)
                                .orElse("from the environment")));
        if (engine.settings().secondary().isEmpty()) {
            findings.add(
                    Finding.warning(
                            "settings dr",
                            "There is no DR region: a lost region is a lost archive.",
                            "Set BACKUP_SECONDARY_BUCKET and BACKUP_SECONDARY_REGION."));
        }
    }

    private void programs() throws RecoveryException {
        PgPrograms programs = engine.programs();
        String seen =
                programs.installations().stream()
                        .map((PgInstallation each) -> each.version() + " in " + each.bin())
                        .collect(Collectors.joining(", "));
        findings.add(
                seen.isEmpty()
                        ? Finding.warning(
                                "programs",
                                "No program of PostgreSQL was found.",
                                "Install postgresql-client and postgresql, or set LIFEBOAT_PG_BIN.")
                        : Finding.ok("programs", seen));
    }

    private void key() throws RecoveryException {
        findings.addAll(new KeyCheck(engine, cancel).check());
    }

    private void logs() throws RecoveryException {
        findings.add(new LogCheck(engine.settings()).check());
    }

    private void buckets(String what, boolean wal) throws RecoveryException {
        if (wal && engine.wal() == engine.backups()) {
            return;
        }
        findings.addAll(
                new BucketCheck(engine.clock().instant())
                        .check(
                                what,
                                wal ? engine.wal() : engine.backups(),
                                engine.settings().prefix()));
    }

    private void newest() throws RecoveryException {
        CatalogListing listing = engine.catalog().load(cancel);
        Optional<CatalogEntry> newest =
                listing.entries().stream()
                        .filter(entry -> entry.status() != BackupStatus.UNFINISHED)
                        .findFirst();
        if (newest.isEmpty()) {
            findings.add(
                    Finding.warning(
                            "newest backup", "There is none.", "Take one: lifeboat backup full."));
            return;
        }
        CatalogEntry entry = newest.get();
        String seen = entry.id() + ", " + entry.status().word();
        if (entry.problem().isPresent()) {
            findings.add(Finding.failure("newest backup", entry.problem().get()));
        } else if (entry.authenticated()) {
            findings.add(Finding.ok("newest backup", seen + ", opened by the key"));
        } else {
            findings.add(
                    Finding.warning(
                            "newest backup",
                            seen + ": whether the key opens it is not known.",
                            "Prove it: lifeboat verify " + entry.id() + "."));
        }
    }

    private void database() throws RecoveryException {
        var spec = engine.settings().database(engine.host().currentUser());
        try (Database database = Database.connect(spec, cancel)) {
            findings.addAll(new DatabaseCheck(database, engine.clock()).check(engine.programs()));
        }
    }

    private void serverUser() throws RecoveryException {
        OsUser user = engine.serverUser();
        Path home = engine.settings().directories().home();
        Optional<Path> blocked = engine.host().files().blockedAt(user, home);
        if (blocked.isPresent()) {
            findings.add(
                    Finding.warning(
                            "server user",
                            user.name() + " cannot pass through " + blocked.get() + ".",
                            "Set LIFEBOAT_HOME to a folder it can reach, or: chmod o+x "
                                    + blocked.get()));
        } else if (!engine.host().files().writableBy(user, home)) {
            findings.add(
                    Finding.warning(
                            "server user",
                            user.name() + " can reach " + home + " and cannot write there.",
                            "Restores run from this account all the same. Where the server archives"
                                    + " with `lifeboat wal push`, give that command a folder of"
                                    + " its own: LIFEBOAT_HOME in the server's environment."));
        } else {
            findings.add(Finding.ok("server user", user.name() + " can reach and write " + home));
        }
    }

    private void disk() throws RecoveryException {
        Path home = engine.settings().directories().home();
        long free = engine.host().files().freeBytes(home);
        String seen = ByteSize.format(free) + " free at " + home;
        findings.add(
                free < LITTLE_SPACE_BYTES
                        ? Finding.warning(
                                "disk",
                                seen,
                                "Make room, or set LIFEBOAT_HOME to a larger file system: a"
                                        + " restore needs the size of the cluster.")
                        : Finding.ok("disk", seen));
    }
}
