package dev.lifeboat.checklist;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.ContentKind;
import dev.lifeboat.postgres.ClusterDatabases;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.DumpHeader;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.postgres.PgVersion;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.logical.TargetSurvey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Measures what a logical restore needs. Changes nothing. */
public final class LogicalChecks {
    private final Host host;
    private final PgPrograms programs;
    private final ConnectionSpec database;
    private final TargetSurvey survey;

    /**
     * @param database the way to the database that is meant
     */
    public LogicalChecks(
            Host host, PgPrograms programs, ConnectionSpec database, CancelToken cancel) {
        this.host = host;
        this.programs = programs;
        this.database = database;
        this.survey = new TargetSurvey(database, cancel);
    }

    /** The checklist of a plan, in the order of what failing an item costs. */
    public Checklist of(LogicalPlan plan) throws RecoveryException {
        List<CheckItem> items = new ArrayList<>();
        items.add(target(plan));
        if (plan.kept().isPresent()) {
            items.add(notInUse(plan));
        }
        items.add(content(plan));
        items.add(binaries(plan));
        items.add(server(plan));
        if (plan.spool().isPresent()) {
            items.add(space(plan));
        }
        items.add(roles(plan));
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

    private static CheckItem target(LogicalPlan plan) {
        String id = "target-database";
        String needed = "an empty database, or a name for the one that is there";
        String database = plan.target().confirmText();
        if (plan.target().absent()) {
            return CheckItem.ok(id, database + " does not exist yet", needed);
        }
        if (plan.target().filled()) {
            return CheckItem.warning(
                    id,
                    database + " holds " + String.join(", ", plan.target().contents()),
                    needed,
                    "It will be renamed to "
                            + plan.kept().orElseThrow()
                            + " once "
                            + database
                            + " was typed.");
        }
        return CheckItem.ok(id, database + " is empty", needed);
    }

    private CheckItem notInUse(LogicalPlan plan) throws RecoveryException {
        String id = "database-not-in-use";
        String name = plan.target().database();
        String needed = "no session in " + name + " when the names are swapped";
        List<ClusterDatabases.Visitor> visitors = survey.visitors();
        return visitors.isEmpty()
                ? CheckItem.ok(id, "no session", needed)
                : CheckItem.blocked(
                        id,
                        (visitors.size() == 1 ? "a session: " : visitors.size() + " sessions: ")
                                + ClusterDatabases.named(visitors),
                        needed,
                        ClusterDatabases.endThem(database));
    }

    /** Decrypting its beginning proved the key. */
    private static CheckItem content(LogicalPlan plan) {
        String layers =
                plan.source().layers().stream()
                        .map(layer -> layer.name().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining(" and "));
        String kind = plan.source().holdsSql() ? "SQL text" : "a dump of the custom format";
        boolean known = plan.source().manifest().isPresent();
        String seen = kind + (layers.isEmpty() ? "" : ", " + layers);
        return known
                ? CheckItem.ok("backup-readable", seen + ", with a manifest", "a dump that opens")
                : CheckItem.warning(
                        "backup-readable",
                        seen + ", without a manifest",
                        "a dump that opens, with digests of all its bytes",
                        "Prove it first: lifeboat verify "
                                + (plan.source().local()
                                        ? plan.source().location()
                                        : plan.source().id())
                                + " --level restored.");
    }

    private CheckItem binaries(LogicalPlan plan) {
        Optional<PgVersion> ofDump = plan.source().header().flatMap(DumpHeader::neededProgram);
        boolean sql = plan.source().content() == ContentKind.TEXT;
        PgVersion version = ofDump.orElse(new PgVersion(plan.target().serverVersion()));
        PgProgram program = sql ? PgProgram.PSQL : PgProgram.PG_RESTORE;
        String needed = program.fileName() + " of PostgreSQL " + version.major() + " or newer";
        try {
            PgInstallation found = programs.forServer(version, program);
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

    /** A dump of an older server goes into a newer one; the other way round it may not. */
    private static CheckItem server(LogicalPlan plan) {
        Optional<Integer> source =
                plan.source()
                        .manifest()
                        .map(manifest -> manifest.serverMajor())
                        .or(
                                () ->
                                        plan.source()
                                                .header()
                                                .flatMap(DumpHeader::server)
                                                .map(PgVersion::major));
        String measured = "PostgreSQL " + plan.target().serverMajor();
        if (source.isEmpty()) {
            return CheckItem.ok("server-version", measured, "the dump does not say of which it is");
        }
        String needed = "PostgreSQL " + source.get() + ", as the dump was made of, or newer";
        return plan.target().serverMajor() >= source.get()
                ? CheckItem.ok("server-version", measured, needed)
                : CheckItem.blocked(
                        "server-version",
                        measured,
                        needed,
                        "Restore into a server of that version: --database-url URL.");
    }

    private CheckItem space(LogicalPlan plan) throws RecoveryException {
        long free = host.files().freeBytes(plan.spool().orElseThrow());
        long needed = plan.source().spoolBytes();
        String wanted = ByteSize.format(needed) + " for the decrypted dump";
        return free >= needed
                ? CheckItem.ok("free-space", ByteSize.format(free), wanted)
                : CheckItem.forbidden(
                        "free-space",
                        ByteSize.format(free) + " in " + plan.spool().get(),
                        wanted,
                        "Free space there, or use --jobs 1, which streams the dump.");
    }

    private static CheckItem roles(LogicalPlan plan) {
        String needed = "every role of the source";
        if (plan.source().globals().isEmpty()) {
            return CheckItem.warning(
                    "roles",
                    "the backup has no globals file",
                    needed,
                    "Make sure that the owners of its tables exist; the restore stops at the first"
                            + " that is missing, and nothing is changed then.");
        }
        return plan.roles().isEmpty()
                ? CheckItem.ok("roles", "all are there", needed)
                : CheckItem.ok("roles", "will be made: " + String.join(", ", plan.roles()), needed);
    }
}
