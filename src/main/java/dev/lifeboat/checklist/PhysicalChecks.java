package dev.lifeboat.checklist;

import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.restore.PhysicalPlan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures what a physical restore needs. Changes nothing. */
public final class PhysicalChecks {
    private static final int RUNBOOK_FACTOR = 2;

    private final Host host;
    private final OsUser serverUser;
    private final PgPrograms programs;
    private final KeyRing keys;

    public PhysicalChecks(Host host, OsUser serverUser, PgPrograms programs, KeyRing keys) {
        this.host = host;
        this.serverUser = serverUser;
        this.programs = programs;
        this.keys = keys;
    }

    /** The checklist of a plan, in the order of what failing an item costs. */
    public Checklist of(PhysicalPlan plan) throws RecoveryException {
        List<CheckItem> items = new ArrayList<>();
        items.add(directoryNotInUse(plan));
        items.add(directory(plan));
        items.add(key(plan));
        items.add(wal(plan));
        items.add(space(plan));
        items.add(reach(plan));
        items.add(binaries(plan));
        items.add(port(plan));
        if (!plan.tablespaces().isEmpty()) {
            items.add(tablespaces(plan));
        }
        items.add(
                CheckItem.human(
                        "team-notified",
                        "the team knows of the maintenance window",
                        "Tell them, then --attest team-notified=NAME."));
        items.add(
                CheckItem.human(
                        "state-documented",
                        "the current state of the database is written down",
                        "Note row counts and sizes, then --attest state-documented=NAME."));
        return new Checklist(items, plan.confirm());
    }

    private CheckItem directoryNotInUse(PhysicalPlan plan) throws RecoveryException {
        String id = "directory-not-in-use";
        String needed = "no server runs on " + plan.dataDirectory();
        try {
            ServerProcess.requireNothingRuns(host, plan.dataDirectory());
            return CheckItem.ok(id, "no server runs there", needed);
        } catch (RecoveryException inUse) {
            if (inUse.code() != ProblemCode.TARGET_IN_USE) {
                throw inUse;
            }
            return CheckItem.forbidden(id, inUse.problem().why(), needed, inUse.problem().remedy());
        }
    }

    private CheckItem directory(PhysicalPlan plan) throws RecoveryException {
        String id = "target-directory";
        String needed = "a new or empty directory on " + host.name();
        if (plan.renamedTo().isPresent()) {
            return CheckItem.warning(
                    id,
                    plan.dataDirectory() + " is not empty",
                    needed,
                    "It will be renamed to "
                            + plan.renamedTo().get()
                            + " once its name was typed.");
        }
        return CheckItem.ok(
                id,
                plan.dataDirectory()
                        + (host.files().exists(plan.dataDirectory()) ? " is empty" : " is new"),
                needed);
    }

    private CheckItem key(PhysicalPlan plan) {
        String fingerprint = plan.base().encryption().keyFingerprint();
        String known =
                String.join(
                        ", ",
                        keys.keys().stream().map(key -> key.fingerprint().toString()).toList());
        return keys.find(new KeyFingerprint(fingerprint)).isPresent()
                ? CheckItem.ok("encryption-key", fingerprint, fingerprint)
                : CheckItem.forbidden(
                        "encryption-key",
                        "known are " + known,
                        fingerprint,
                        "Set BACKUP_ENCRYPTION_KEY to the key the base was encrypted with.");
    }

    private static CheckItem wal(PhysicalPlan plan) {
        List<String> segments = plan.wal().segments();
        return CheckItem.ok(
                "wal-complete",
                segments.size()
                        + " segments, "
                        + segments.getFirst()
                        + " to "
                        + segments.getLast()
                        + ", without a gap",
                "every segment from the base to the target");
    }

    private CheckItem space(PhysicalPlan plan) throws RecoveryException {
        long free = host.files().freeBytes(plan.dataDirectory());
        long database = plan.base().plainBytes();
        long least = database + plan.wal().plainBytes();
        long wanted = Math.max(least, RUNBOOK_FACTOR * database);
        String needed =
                ByteSize.format(wanted)
                        + " (twice the database; at least "
                        + ByteSize.format(least)
                        + " with its WAL)";
        String remedy = "Free space on that file system, or choose another directory with --into.";
        if (free < least) {
            return CheckItem.blocked("free-space", ByteSize.format(free), needed, remedy);
        }
        return free < wanted
                ? CheckItem.warning("free-space", ByteSize.format(free), needed, remedy)
                : CheckItem.ok("free-space", ByteSize.format(free), needed);
    }

    private CheckItem reach(PhysicalPlan plan) throws RecoveryException {
        Path parent = plan.dataDirectory().getParent();
        Optional<Path> blocked = host.files().blockedAt(serverUser, parent);
        String needed = "user " + serverUser + ", who runs the server, can come there";
        return blocked.isEmpty()
                ? CheckItem.ok("server-user", "can pass to " + parent, needed)
                : CheckItem.blocked(
                        "server-user",
                        "cannot pass " + blocked.get(),
                        needed,
                        "Choose a directory with --into that this user can reach, or set LIFEBOAT_HOME.");
    }

    private CheckItem binaries(PhysicalPlan plan) {
        String needed = "PostgreSQL " + plan.base().serverMajor();
        try {
            PgInstallation found =
                    programs.ofMajor(
                            plan.base().serverMajor(), PgProgram.POSTGRES, PgProgram.INITDB);
            return CheckItem.ok(
                    "postgres-programs", found.version() + " in " + found.bin(), needed);
        } catch (RecoveryException missing) {
            return CheckItem.forbidden(
                    "postgres-programs",
                    missing.problem().why(),
                    needed,
                    missing.problem().remedy());
        }
    }

    private CheckItem port(PhysicalPlan plan) {
        String port = "port " + plan.port();
        return host.ports().isFree(plan.port())
                ? CheckItem.ok("port", port + " is free", port)
                : CheckItem.forbidden(
                        "port", port + " is taken", port, "Choose another one with --port.");
    }

    private CheckItem tablespaces(PhysicalPlan plan) throws RecoveryException {
        for (Path directory : plan.tablespaces().values()) {
            if (host.files().exists(directory) && !host.files().list(directory).isEmpty()) {
                return CheckItem.forbidden(
                        "tablespaces",
                        directory + " holds something",
                        "an empty directory for each tablespace",
                        "Move it away, or choose another place with --into.");
            }
        }
        return CheckItem.ok(
                "tablespaces",
                plan.tablespaces().size() + " mapped to new directories",
                "an empty directory for each tablespace");
    }
}
