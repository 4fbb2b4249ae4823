package dev.lifeboat.ui.restore;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ShellWords;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestorePlan;

import java.util.List;
import java.util.Optional;

/**
 * What can be done, from the page of the plan, about something that hinders a restore. Plain.
 *
 * @param command what somebody runs; empty unless it is a command
 */
record Mend(Kind kind, String command) {
    private static final String SIGN_IN = "aws sso login";

    /** It tells credentials, listing and rights apart. */
    private static final String DOCTOR = "lifeboat doctor";

    /** It connects to the database that is meant, so that it can end nobody's session elsewhere. */
    private static final String END_OTHERS =
            "select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()";

    /** The ways there are. */
    enum Kind {
        /** Name another data directory. */
        DIRECTORY,
        /** Name another port. */
        PORT,
        /** Take each object from whichever region has it. */
        BOTH_REGIONS,
        /** Leave the primary region out. */
        DR_ALONE,
        /** Run a command, which is shown. */
        COMMAND
    }

    private static Optional<Mend> of(Kind kind) {
        return Optional.of(new Mend(kind, ""));
    }

    private static Optional<Mend> command(String command) {
        return Optional.of(new Mend(Kind.COMMAND, command));
    }

    /** For an item that does not hold; empty for one that does, or that nothing here can mend. */
    static Optional<Mend> of(CheckItem item, RestorePlan plan) {
        if (item.state() == CheckItem.State.OK || item.kind() == CheckItem.Kind.HUMAN) {
            return Optional.empty();
        }
        return switch (plan) {
            case PhysicalPlan _ -> ofCluster(item.id(), plan.region());
            case LogicalPlan logical -> ofDump(item.id(), logical);
        };
    }

    private static Optional<Mend> ofCluster(String item, String region) {
        return switch (item) {
            case "directory-not-in-use",
                    "target-directory",
                    "free-space",
                    "server-user",
                    "tablespaces" ->
                    of(Kind.DIRECTORY);
            case "port" -> of(Kind.PORT);
            case "wal-complete" -> bothRegions(region);
            default -> Optional.empty();
        };
    }

    private static Optional<Mend> ofDump(String item, LogicalPlan plan) {
        return switch (item) {
            case "database-not-in-use" ->
                    command(
                            ShellWords.line(
                                    List.of("psql", "-d", plan.target().uri(), "-c", END_OTHERS)));
            case "backup-readable" ->
                    command(
                            ShellWords.line(
                                    List.of(
                                            "lifeboat",
                                            "verify",
                                            plan.source().local()
                                                    ? plan.source().location()
                                                    : plan.source().id(),
                                            "--level",
                                            "restored")));
            default -> Optional.empty();
        };
    }

    /**
     * For a problem that left no plan.
     *
     * @param secondRegion whether the profile has a second region
     */
    static Optional<Mend> of(Problem problem, Wish wish, boolean secondRegion) {
        return switch (problem.code()) {
            case NO_SPACE -> wish instanceof Wish.Cluster ? of(Kind.DIRECTORY) : command("df -h");
            case TARGET_NOT_WRITABLE, TARGET_IN_USE, TABLESPACE_TAKEN ->
                    wish instanceof Wish.Cluster ? of(Kind.DIRECTORY) : Optional.empty();
            case KEY_MISSING, KEY_WRONG -> command("lifeboat key list");
            case KEY_SOURCE_UNREACHABLE -> command(DOCTOR);
            case CREDENTIALS_REFUSED -> command("aws sts get-caller-identity");
            case CLOCK_SKEWED -> command("timedatectl set-ntp true");
            case PORT_TAKEN -> of(Kind.PORT);
            case CREDENTIALS_EXPIRED, CREDENTIALS_MISSING -> command(SIGN_IN);
            case STORAGE_UNREACHABLE,
                    STORAGE_FAILED,
                    STORAGE_THROTTLED,
                    BUCKET_MISSING,
                    ACCESS_DENIED ->
                    anotherRegion(wish.region(), secondRegion);
            case NO_BASE,
                    NO_BACKUP,
                    BACKUP_UNKNOWN,
                    BACKUP_INCOMPLETE,
                    TARGET_IN_GAP,
                    TARGET_AFTER_END,
                    WAL_ABSENT,
                    WAL_DAMAGED,
                    OBJECT_MISSING,
                    OBJECT_DAMAGED,
                    OBJECT_TRUNCATED ->
                    secondRegion ? bothRegions(wish.region()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Mend> anotherRegion(String region, boolean secondRegion) {
        if (!secondRegion) {
            return command(DOCTOR);
        }
        return region.equals("auto") ? of(Kind.DR_ALONE) : bothRegions(region);
    }

    private static Optional<Mend> bothRegions(String region) {
        return region.equals("auto") ? Optional.empty() : of(Kind.BOTH_REGIONS);
    }
}
