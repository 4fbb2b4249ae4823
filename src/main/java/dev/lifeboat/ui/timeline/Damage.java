package dev.lifeboat.ui.timeline;

import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Snapper;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.HarmKind;

import java.util.Locale;
import java.util.Optional;

/** A transaction that hurt, in the timeline's words. */
public record Damage(FoundTransaction transaction) {
    /** Whether it is that transaction, whatever is known of it. */
    boolean isTheSame(Damage other) {
        return transaction.xid() == other.transaction.xid()
                && transaction.lsn().equals(other.transaction.lsn());
    }

    /** Of all its relations the first few. */
    public String relations() {
        int more = transaction.relations().size() - 2;
        String first = String.join(", ", transaction.relations().stream().limit(2).toList());
        String named = first.isEmpty() ? transaction.database() : first;
        return more > 0 ? Messages.text("timeline.andMore", named, more) : named;
    }

    /** {@code DROP}, {@code DELETE}; what the kind is called in SQL. */
    public String kind() {
        return transaction.kind().map(Damage::word).orElse("");
    }

    static String word(HarmKind kind) {
        return kind == HarmKind.DROPDATABASE
                ? "DROP DATABASE"
                : kind.word().toUpperCase(Locale.ROOT);
    }

    /** Empty where nobody knows. */
    public String rows() {
        return transaction.rows().isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%,d", transaction.rows().getAsLong())
                        .replace(',', '\u202f');
    }

    public String xid() {
        return Integer.toUnsignedString(transaction.xid());
    }

    /** As a mark of the picture; aimed at, it is the position before the whole act. */
    public Mark mark() {
        long at = Micros.of(transaction.time());
        return new Mark(
                Mark.Kind.DAMAGE, at, at, label(), detail(), at - 1, Optional.of(stopBefore()));
    }

    private RecoveryTarget stopBefore() {
        return new RecoveryTarget(
                TargetKind.LSN, transaction.stopBefore().toString(), false, Optional.empty());
    }

    private String label() {
        boolean counted =
                transaction
                        .kind()
                        .filter(k -> k == HarmKind.DELETE || k == HarmKind.UPDATE)
                        .isPresent();
        return counted && !rows().isEmpty()
                ? Messages.text("timeline.damage.rows", kind(), rows(), relations())
                : kind() + " " + relations();
    }

    private String detail() {
        return Messages.text(
                "timeline.damage.detail",
                xid(),
                transaction.database(),
                transaction.lsn(),
                transaction.stopBefore());
    }

    /** The target just before it. */
    public Target before() {
        Mark mark = mark();
        return Target.of(mark, Snapper.label(mark));
    }
}
