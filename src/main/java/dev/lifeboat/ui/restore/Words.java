package dev.lifeboat.ui.restore;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.Stage;
import dev.lifeboat.restore.TargetAction;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.theme.Role;

import javafx.util.StringConverter;

import java.util.function.Function;

/** The words and roles of the restore's states, stages and kinds. */
final class Words {
    private Words() {}

    static Role role(RestoreState state) {
        return RestoreWords.role(state);
    }

    static String state(RestoreState state) {
        return RestoreWords.state(state);
    }

    /** The stage of a restore of this kind: the last one of a dump is the swap of names. */
    static String stage(Stage stage, RestorePlan plan) {
        if (plan instanceof PhysicalPlan) {
            return stage(stage);
        }
        return switch (stage) {
            case FETCH -> Messages.text("stage.dump.fetch");
            case PLACE -> Messages.text("stage.dump.place");
            case HANDOVER -> Messages.text("stage.dump.handover");
            default -> stage(stage);
        };
    }

    private static String stage(Stage stage) {
        return switch (stage) {
            case CHECK -> Messages.text("stage.check");
            case CHOOSE -> Messages.text("stage.choose");
            case FETCH -> Messages.text("stage.fetch");
            case PLACE -> Messages.text("stage.place");
            case CONFIGURE -> Messages.text("stage.configure");
            case START -> Messages.text("stage.start");
            case REPLAY -> Messages.text("stage.replay");
            case ASSERT -> Messages.text("stage.assert");
            case PAUSE -> Messages.text("stage.pause");
            case PROMOTE -> Messages.text("stage.promote");
            case VERIFY -> Messages.text("stage.verify");
            case HANDOVER -> Messages.text("stage.handover");
        };
    }

    static String kind(TargetKind kind) {
        return switch (kind) {
            case LATEST -> Messages.text("kind.latest");
            case TIME -> Messages.text("kind.time");
            case XID -> Messages.text("kind.xid");
            case LSN -> Messages.text("kind.lsn");
            case NAME -> Messages.text("kind.name");
            case IMMEDIATE -> Messages.text("kind.immediate");
        };
    }

    /** What is typed for a kind of target. */
    static String value(TargetKind kind) {
        return switch (kind) {
            case LATEST, IMMEDIATE -> "";
            case TIME -> Messages.text("kind.time.value");
            case XID -> Messages.text("kind.xid.value");
            case LSN -> Messages.text("kind.lsn.value");
            case NAME -> Messages.text("kind.name.value");
        };
    }

    static String action(TargetAction action) {
        return switch (action) {
            case PAUSE -> Messages.text("action.pause");
            case PROMOTE -> Messages.text("action.promote");
            case SHUTDOWN -> Messages.text("action.shutdown");
        };
    }

    static String region(String word) {
        return switch (word) {
            case "primary" -> Messages.text("take.primary");
            case "dr" -> Messages.text("take.dr");
            default -> Messages.text("take.auto");
        };
    }

    static Role role(CheckItem.State state) {
        return switch (state) {
            case OK -> Role.OK;
            case WARNING -> Role.WARN;
            case BLOCKED -> Role.DANGER;
            case OPEN -> Role.INFO;
        };
    }

    static String check(CheckItem.State state) {
        return switch (state) {
            case OK -> Messages.text("check.ok");
            case WARNING -> Messages.text("check.warning");
            case BLOCKED -> Messages.text("check.blocked");
            case OPEN -> Messages.text("check.open");
        };
    }

    static String standing(RunStages.Standing standing) {
        return switch (standing) {
            case WAITING -> Messages.text("standing.waiting");
            case RUNNING -> Messages.text("standing.running");
            case DONE -> Messages.text("standing.done");
            case STOPPED -> Messages.text("standing.stopped");
        };
    }

    static String level(LogLine.Level level) {
        return switch (level) {
            case INFO -> Messages.text("level.info");
            case WARN -> Messages.text("level.warn");
            case ERROR -> Messages.text("level.error");
        };
    }

    static String act(RunActions action) {
        return switch (action) {
            case STOP -> Messages.text("act.stop");
            case RESUME -> Messages.text("act.resume");
            case ADVANCE -> Messages.text("run.advance");
            case PROMOTE -> Messages.text("act.promote");
            case HANDOVER -> Messages.text("act.handover");
            case SHUT_DOWN -> Messages.text("act.shutDown");
            case ABORT -> Messages.text("act.abort");
            case DISCARD -> Messages.text("act.discard");
        };
    }

    /** What its command does while it runs. */
    static String job(RunActions action, String id) {
        return switch (action) {
            case STOP, ABORT -> Messages.text("job.stop", id);
            case RESUME -> Messages.text("job.restore", id);
            case ADVANCE -> Messages.text("job.advance", id);
            case PROMOTE -> Messages.text("job.promote", id);
            case HANDOVER -> Messages.text("job.handover", id);
            case SHUT_DOWN -> Messages.text("job.shutDown", id);
            case DISCARD -> Messages.text("job.discard", id);
        };
    }

    /** What the button says that does it for good, after the question. */
    static String meant(RunActions action) {
        return switch (action) {
            case PROMOTE -> Messages.text("act.promote.meant");
            case SHUT_DOWN -> Messages.text("act.shutDown.meant");
            case ABORT -> Messages.text("act.abort.meant");
            case DISCARD -> Messages.text("act.discard.meant");
            default -> act(action);
        };
    }

    /**
     * What an action that cannot be taken back does, to which restore, a sentence.
     *
     * @param target of that restore, for people
     */
    static String consequence(RunActions action, String id, String target) {
        return switch (action) {
            case PROMOTE -> Messages.text("consequence.promote", id, target);
            case SHUT_DOWN -> Messages.text("consequence.shutDown", id, target);
            case ABORT -> Messages.text("consequence.abort", id, target);
            case DISCARD -> Messages.text("consequence.discard", id, target);
            default -> "";
        };
    }

    /** What a checklist item is called; its id where it is an item this window does not know. */
    static String item(String id) {
        return switch (id) {
            case "directory-not-in-use" -> Messages.text("item.directory-not-in-use");
            case "target-directory" -> Messages.text("item.target-directory");
            case "encryption-key" -> Messages.text("item.encryption-key");
            case "wal-complete" -> Messages.text("item.wal-complete");
            case "free-space" -> Messages.text("item.free-space");
            case "server-user" -> Messages.text("item.server-user");
            case "postgres-programs" -> Messages.text("item.postgres-programs");
            case "port" -> Messages.text("item.port");
            case "target-database" -> Messages.text("item.target-database");
            case "database-not-in-use" -> Messages.text("item.database-not-in-use");
            case "backup-readable" -> Messages.text("item.backup-readable");
            case "server-version" -> Messages.text("item.server-version");
            case "roles" -> Messages.text("item.roles");
            case "tablespaces" -> Messages.text("item.tablespaces");
            case "team-notified" -> Messages.text("item.team-notified");
            case "state-documented" -> Messages.text("item.state-documented");
            default -> id;
        };
    }

    /**
     * What to press for an item; what the list says where this window offers nothing of its own.
     */
    static String remedy(CheckItem item) {
        return switch (item.id()) {
            case Preparation.TEAM -> Messages.text("check.remedy.team-notified");
            case Preparation.STATE -> Messages.text("check.remedy.state-documented");
            default -> item.remedy();
        };
    }

    /** How a finding of a restored database stands. */
    static String finding(Role role) {
        return switch (role) {
            case OK -> Messages.text("check.ok");
            case DANGER -> Messages.text("finding.failed");
            default -> Messages.text("finding.look");
        };
    }

    /** What a button that mends something says. */
    static String mend(Mend.Kind kind) {
        return switch (kind) {
            case DIRECTORY -> Messages.text("mend.directory");
            case PORT -> Messages.text("mend.port");
            case BOTH_REGIONS -> Messages.text("mend.bothRegions");
            case DR_ALONE -> Messages.text("mend.drAlone");
            case COMMAND -> Messages.text("mend.command");
        };
    }

    /** Shows values by these words; they are chosen from a list and never typed. */
    static <T> StringConverter<T> shown(Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("values are chosen, not typed");
            }
        };
    }
}
