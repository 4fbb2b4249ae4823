package dev.lifeboat.restore;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ClusterDatabases;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.UserObjects;
import dev.lifeboat.restore.logical.RoleScript;
import dev.lifeboat.restore.logical.SqlGuard;
import dev.lifeboat.restore.proof.Expected;
import dev.lifeboat.restore.proof.Finding;
import dev.lifeboat.restore.proof.Proof;
import dev.lifeboat.restore.proof.RestoredChecks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Brings roles and rows into the database that is filled, and looks whether they are there. */
record LogicalContent(LogicalSite site, LogicalScratch scratch, LogicalSpool spool) {
    private static final String ROWS = "rows:";
    private static final String ONE_TRANSACTION = "--single-transaction";
    private static final Pattern NO_ROLE = Pattern.compile("role \"([^\"]*)\" does not exist");

    /** Fills the database from the beginning; what a killed process left of it is dropped first. */
    void place() throws RecoveryException {
        if (site.plan().fillsDirectly()) {
            placeDirectly();
            return;
        }
        scratch.drop();
        makeRoles();
        if (site.plan().spool().isPresent()) {
            scratch.create();
            restoreSpooled(List.of());
            return;
        }
        site.reader()
                .read(
                        site.plan().source(),
                        site.progress().fetched(),
                        content -> {
                            scratch.drop();
                            scratch.create();
                            stream(content);
                        });
    }

    /**
     * PostgreSQL itself keeps what is left half done out of the database. Whether a transaction
     * ended that a killed process began, only the content can tell.
     */
    private void placeDirectly() throws RecoveryException {
        List<String> contents = site.survey().contents();
        if (!contents.isEmpty()) {
            if (site.history().has(RestoreHistory.FILLING) && holdsEveryTable()) {
                return;
            }
            throw LogicalConditions.filledSince(site.plan().target(), contents);
        }
        makeRoles();
        site.record(RestoreHistory.FILLING, Map.of("database", site.filled()));
        if (site.plan().spool().isPresent()) {
            restoreSpooled(List.of(ONE_TRANSACTION));
        } else {
            site.reader().read(site.plan().source(), site.progress().fetched(), this::stream);
        }
    }

    private boolean holdsEveryTable() throws RecoveryException {
        return !site.plan().source().holdsSql() && missingTables().isEmpty();
    }

    private void restoreSpooled(List<String> further) throws RecoveryException {
        Path dump = site.spooledDump().orElseThrow();
        int jobs = further.isEmpty() ? site.plan().jobs() : 1;
        try {
            site.pgRestore()
                    .restore(dump, site.spec(site.filled()), jobs, further, site.cancel())
                    .orThrow();
        } catch (RecoveryException failed) {
            throw told(failed);
        }
    }

    private void stream(InputStream content) throws RecoveryException, IOException {
        try {
            if (site.plan().source().holdsSql()) {
                var guarded = new SqlGuard(site.plan().source().title(), content);
                site.psql()
                        .run(
                                site.spec(site.filled()),
                                guarded,
                                List.of(ONE_TRANSACTION),
                                Progress.unwatched(),
                                site.cancel());
            } else {
                site.pgRestore()
                        .restore(
                                content,
                                site.spec(site.filled()),
                                List.of(),
                                Progress.unwatched(),
                                site.cancel())
                        .orThrow();
            }
        } catch (RecoveryException failed) {
            throw told(failed);
        }
    }

    /** A role that is missing here is not the one that connects. */
    private static RecoveryException told(RecoveryException failed) {
        Matcher role = NO_ROLE.matcher(failed.problem().why());
        if (!role.find()) {
            return failed;
        }
        return new MissingRoleException(role.group(1), failed);
    }

    /** All that are missing, or none: roles that exist are never changed. */
    private void makeRoles() throws RecoveryException {
        if (site.plan().roles().isEmpty()) {
            return;
        }
        var source = site.plan().source();
        RoleScript script =
                RoleScript.read(site.reader().bytes(source, source.globals().orElseThrow()));
        try (ClusterDatabases cluster = site.cluster()) {
            List<String> missing = cluster.missingRoles(site.plan().roles());
            List<String> statements = new ArrayList<>();
            missing.forEach(role -> statements.addAll(script.statements(role)));
            missing.forEach(role -> statements.addAll(script.memberships(role)));
            cluster.session()
                    .transaction(
                            open -> {
                                for (String statement : statements) {
                                    open.execute(statement);
                                }
                                return null;
                            });
            if (!missing.isEmpty()) {
                site.record("roles-made", Map.of("roles", missing));
            }
        }
    }

    /**
     * Looks whether the restored database holds what the dump promised, before anybody gets it.
     *
     * @throws RecoveryException RESTORE_FAILED when it is empty, or lacks tables
     */
    void verify() throws RecoveryException {
        List<String> missing = missingTables();
        int tables;
        try (Database session = site.connect(site.filled())) {
            tables = UserObjects.tables(session).size();
            if (tables == 0 && UserObjects.some(session).isEmpty()) {
                throw failed("It holds nothing at all.");
            }
        }
        if (!missing.isEmpty()) {
            throw failed("These tables of the dump are not there: " + missing + ".");
        }
        Proof proof =
                new RestoredChecks(expected(), site.cancel())
                        .run(() -> site.connect(site.filled()));
        site.record(RestoreHistory.VERIFIED, proof.fields());
        List<Finding> wrong =
                proof.findings().stream()
                        .filter(finding -> finding.state() == Finding.State.FAILED)
                        .filter(finding -> !finding.id().startsWith(ROWS))
                        .toList();
        if (!wrong.isEmpty()) {
            throw failed(
                    wrong.stream()
                            .map(
                                    finding ->
                                            finding.id()
                                                    + " gave "
                                                    + finding.measured()
                                                    + ", expected "
                                                    + finding.expected())
                            .collect(Collectors.joining("; ", "", ".")));
        }
    }

    /** Rows are compared with estimates, which may be old: those differences are told, no more. */
    private Expected expected() {
        return site.plan()
                .source()
                .manifest()
                .map(manifest -> Expected.asDumped(manifest, site.tools().queries()))
                .orElseGet(
                        () -> new Expected(site.filled(), List.of(), true, site.tools().queries()));
    }

    /** Tables whose rows the dump holds and the database does not have. */
    private List<String> missingTables() throws RecoveryException {
        if (site.plan().spool().isEmpty() || !spool.isWhole()) {
            return List.of();
        }
        List<String> promised =
                site.pgRestore()
                        .list(site.spooledDump().orElseThrow(), site.cancel())
                        .namesOfTablesWithData();
        try (Database session = site.connect(site.filled())) {
            List<String> there = UserObjects.tables(session);
            return promised.stream().filter(name -> !there.contains(name)).toList();
        }
    }

    private static RecoveryException failed(String why) {
        return new RecoveryException(
                ProblemCode.RESTORE_FAILED,
                "What was restored does not take the database's name.",
                why,
                "Choose another backup: lifeboat catalog --kind full; the database is as it was.");
    }
}
