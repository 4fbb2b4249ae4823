package dev.lifeboat.verify;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.Sql;
import dev.lifeboat.restore.JobTools;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.LogicalPlanner;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.LogicalTools;
import dev.lifeboat.restore.MissingRoleException;
import dev.lifeboat.restore.PhysicalPlanner;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestoreFolder;
import dev.lifeboat.restore.RestoreHistory;
import dev.lifeboat.restore.RestoreJob;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.RestoreTools;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.TargetAction;
import dev.lifeboat.restore.TargetKind;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Proves a backup by restoring it: a dump into a cluster made for it, a base as a server of its own
 * at its first consistent moment. The same code restores that restores in earnest, its checks
 * included; everything lies in one sealed directory that is removed at the end. For one thread.
 */
public final class RestoredProof {
    private static final String ROWS = "rows:";
    private static final String DATABASE = "restored";
    private static final Set<ProblemCode> OF_THIS_MACHINE =
            Set.of(
                    ProblemCode.NO_SPACE,
                    ProblemCode.TARGET_NOT_WRITABLE,
                    ProblemCode.HOST_FAILURE,
                    ProblemCode.PORT_TAKEN,
                    ProblemCode.DATABASE_UNREACHABLE,
                    ProblemCode.ENVIRONMENT_FAILED,
                    ProblemCode.INTERRUPTED);

    private final Catalog catalog;
    private final VerifyContext context;
    private final RestoredContext restoring;
    private final CancelToken cancel;

    public RestoredProof(
            Catalog catalog, VerifyContext context, RestoredContext restoring, CancelToken cancel) {
        this.catalog = catalog;
        this.context = context;
        this.restoring = restoring;
        this.cancel = cancel;
    }

    /**
     * Restores a listed backup and removes it again.
     *
     * @param before what it was proven to be so far; its problems end the proof
     * @throws RecoveryException what keeps it from being tried at all on this machine: programs,
     *     space, a key. What is wrong with the backup is in the report
     */
    public VerifyReport of(CatalogEntry entry, String name, VerifyReport before)
            throws RecoveryException {
        return entry.kind() == BackupKind.BASE
                ? proven(before, scratch -> base(entry, scratch))
                : proven(before, scratch -> dump(name, scratch));
    }

    /** The same of a local file. */
    public VerifyReport ofFile(Path file, VerifyReport before) throws RecoveryException {
        return proven(before, scratch -> dump(file.toAbsolutePath().toString(), scratch));
    }

    private interface Attempt {
        RestoreView in(Path scratch) throws RecoveryException;
    }

    private VerifyReport proven(VerifyReport before, Attempt attempt) throws RecoveryException {
        var findings = new Findings();
        before.problems().forEach(findings::problem);
        before.notes().forEach(findings::note);
        if (before.ok()) {
            attempt(findings, attempt);
        }
        VerifyReport restored = findings.report(before.backup(), VerifyLevel.RESTORED);
        return new VerifyReport(
                restored.backup(),
                restored.level(),
                restored.ok(),
                before.objects(),
                before.remembered(),
                before.bytes(),
                before.seconds() + restored.seconds(),
                restored.problems(),
                restored.notes());
    }

    private void attempt(Findings findings, Attempt attempt) throws RecoveryException {
        Host host = context.host();
        Path scratch =
                restoring
                        .home()
                        .resolve("scratch")
                        .resolve(
                                "verify-"
                                        + ProcessHandle.current().pid()
                                        + "-"
                                        + System.nanoTime());
        host.files().createPrivateDirectory(scratch, host.currentUser());
        host.files().setPermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            judge(attempt.in(scratch), findings);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException failed) {
            if (ReadableObjects.isEnding(failed) || saysNothing(failed.code())) {
                throw failed;
            }
            findings.problem(failed.problem());
        } finally {
            host.files().deleteTree(scratch, scratch.getParent());
        }
    }

    /** Trouble of this machine, of keys or of storage says nothing of the backup. */
    private static boolean saysNothing(ProblemCode code) {
        boolean keyOrStorage =
                code.exitCode() == ProblemCode.KEY_MISSING.exitCode()
                        || code.exitCode() == ProblemCode.STORAGE_UNREACHABLE.exitCode();
        return code != ProblemCode.OBJECT_MISSING
                && (keyOrStorage || OF_THIS_MACHINE.contains(code));
    }

    /** Estimates of rows may be old: those differences are told, no more. */
    private static void judge(RestoreView view, Findings findings) {
        for (Map<?, ?> finding : found(view.history())) {
            String told =
                    finding.get("id")
                            + ": "
                            + finding.get("measured")
                            + ", expected "
                            + finding.get("expected")
                            + ".";
            boolean failed = "failed".equals(finding.get("state"));
            if (failed && !String.valueOf(finding.get("id")).startsWith(ROWS)) {
                findings.problem(
                        new Problem(
                                ProblemCode.CHECK_FAILED,
                                "The restored database is not what the backup promised.",
                                told,
                                "Choose another backup; `lifeboat verify --all` tells which are"
                                        + " good."));
            } else if (!"ok".equals(finding.get("state"))) {
                findings.note(told);
            }
        }
    }

    private static List<Map<?, ?>> found(RestoreHistory history) {
        return history.checks().stream()
                .flatMap(event -> ((List<?>) event.fields().get("findings")).stream())
                .<Map<?, ?>>map(finding -> (Map<?, ?>) finding)
                .toList();
    }

    private RestoreView dump(String name, Path scratch) throws RecoveryException {
        Host host = context.host();
        PgInstallation programs =
                context.programs().get().newest(PgProgram.POSTGRES, PgProgram.INITDB);
        try (var cluster =
                ScratchCluster.start(
                        host, programs, restoring.serverUser().get(), scratch, cancel)) {
            var tools =
                    new LogicalTools(
                            Optional.of(context.regions()),
                            restoring.keyNames(),
                            Optional.of(context.keys().get()),
                            host,
                            context.programs().get(),
                            restoring.clock(),
                            cluster.database(DATABASE),
                            List.of(),
                            false,
                            Optional.empty());
            LogicalPlan plan =
                    new LogicalPlanner(
                                    tools, Optional.of(catalog), scratch, restoring.tool(), cancel)
                            .plan(new LogicalRequest(name, restoring.region(), jobs()));
            RestoreJob job = create(plan, scratch, tools);
            runMakingRoles(job, cluster);
            return RestoreView.of(new RestoreFolder(job.folder()), host);
        }
    }

    /** Of a dump without globals nobody knows the roles but by what is missing. */
    private void runMakingRoles(RestoreJob job, ScratchCluster cluster) throws RecoveryException {
        while (true) {
            try {
                job.run(cancel);
                return;
            } catch (MissingRoleException missing) {
                try (Database session = Database.connect(cluster.database("postgres"), cancel)) {
                    session.execute("CREATE ROLE " + Sql.identifier(missing.role()));
                }
            }
        }
    }

    private RestoreView base(CatalogEntry entry, Path scratch) throws RecoveryException {
        Host host = context.host();
        var tools =
                new RestoreTools(
                        context.regions(),
                        restoring.keyNames(),
                        restoring.archive().get(),
                        context.keys().get(),
                        host,
                        restoring.serverUser().get(),
                        context.programs().get(),
                        restoring.clock(),
                        restoring.heapBytes(),
                        List.of(),
                        Optional.empty());
        var request =
                new RestoreRequest(
                        entry.id(),
                        new RecoveryTarget(TargetKind.IMMEDIATE, "", true, Optional.empty()),
                        TargetAction.PAUSE,
                        restoring.region(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        jobs());
        RestorePlan plan =
                new PhysicalPlanner(
                                context.regions(),
                                catalog,
                                restoring.archive().get(),
                                restoring.places().get(),
                                host,
                                scratch,
                                restoring.tool(),
                                restoring.clock(),
                                cancel)
                        .plan(request);
        RestoreJob job = create(plan, scratch, tools);
        try {
            job.run(cancel);
            return RestoreView.of(new RestoreFolder(job.folder()), host);
        } finally {
            job.discard(CancelToken.never());
        }
    }

    private static RestoreJob create(RestorePlan plan, Path scratch, JobTools tools)
            throws RecoveryException {
        return RestoreJob.create(RestoreFolder.of(scratch, plan.id()), plan, tools, _ -> {});
    }

    private OptionalInt jobs() {
        return OptionalInt.of(context.jobs());
    }
}
