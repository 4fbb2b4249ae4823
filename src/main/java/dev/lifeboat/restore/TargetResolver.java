package dev.lifeboat.restore;

import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Turns what somebody wants into one position in the log, before anything is done. Every target but
 * {@code immediate} becomes a {@code recovery_target_lsn}: the server then stops where the plan
 * says and nowhere else, whatever clocks did.
 *
 * <p>Source: {@code src/backend/access/transam/xlogrecovery.c}, recoveryStopsBefore and
 * recoveryStopsAfter: a time target stops before the first commit or abort whose time is later (or,
 * exclusive, not earlier); an LSN target stops before or after the first record that starts at or
 * behind it.
 */
final class TargetResolver {
    /**
     * How far the first excluded transaction is looked for: it is told to people and decides
     * nothing.
     */
    private static final int SEGMENTS_LOOKED_AHEAD = 8;

    private final WalTrail trail;
    private final BaseFacts base;
    private final long first;
    private final long last;
    private boolean endUnproven;

    /**
     * @param base where replay begins
     * @throws RecoveryException TARGET_IN_GAP when not even the base's own WAL is whole
     */
    TargetResolver(WalTrail trail, BaseFacts base) throws RecoveryException {
        this.trail = trail;
        this.base = base;
        this.first = trail.segmentOf(base.startLsn());
        this.last = trail.lastOfRunFrom(first);
        if (last < trail.segmentOf(base.stopLsn().plus(-1))) {
            throw TargetProblems.baseWithoutItsWal(trail.nameOf(last + 1), trail.lost());
        }
    }

    /**
     * The position and what it includes.
     *
     * @throws RecoveryException TARGET_BEFORE_BASE, TARGET_AFTER_END, TARGET_IN_GAP or
     *     TARGET_UNKNOWN
     */
    Goal resolve(RecoveryTarget target) throws RecoveryException {
        return switch (target.kind()) {
            case TIME -> atTime(target);
            case LSN -> atLsn(target);
            case XID -> atTransaction(target);
            case NAME -> atRestorePoint(target);
            case LATEST -> atEnd();
            case IMMEDIATE -> asSoonAsConsistent();
        };
    }

    /**
     * Whether the last answer takes clocks to have run forward: more of the WAL is in no index than
     * could be read. Replay then has to look at every transaction.
     */
    boolean isEndUnproven() {
        return endUnproven;
    }

    private Goal atTime(RecoveryTarget target) throws RecoveryException {
        TimeLimit limit = TimeLimit.of(target).orElseThrow();
        var search =
                new TimeCrossing(trail, base.startLsn(), last, TimeCrossing.SEGMENTS_READ, limit);
        Optional<WalTrail.Ending> crossing = search.find();
        endUnproven = search.unproven();
        if (crossing.isPresent()) {
            return before(crossing.get().lsn(), target);
        }
        Optional<WalTrail.Ending> newest = endingBefore(new Lsn(-1L), ending -> true);
        if (target.inclusive()
                && newest.filter(end -> end.time().equals(limit.last())).isPresent()) {
            return after(newest.get().lsn());
        }
        throw endsEarlier(target);
    }

    private Goal atLsn(RecoveryTarget target) throws RecoveryException {
        Lsn wanted = Lsn.parse(target.value());
        if (wanted.isBefore(base.stopLsn())) {
            throw TargetProblems.beforeBase(target, base);
        }
        for (long number = trail.segmentOf(wanted); number <= last; number++) {
            Optional<Lsn> record = trail.read(number).records().firstFrom(wanted);
            if (record.isPresent()) {
                return target.inclusive() ? after(record.get()) : before(record.get(), target);
            }
        }
        throw endsEarlier(target);
    }

    private Goal atTransaction(RecoveryTarget target) throws RecoveryException {
        long xid = Long.parseLong(target.value()) & 0xFFFFFFFFL;
        for (long number = first; number <= last; number++) {
            for (WalTrail.Ending ending : trail.read(number).endings()) {
                if (ending.xid() == xid) {
                    return target.inclusive() ? after(ending.lsn()) : before(ending.lsn(), target);
                }
            }
        }
        throw notFound(target);
    }

    private Goal atRestorePoint(RecoveryTarget target) throws RecoveryException {
        for (long number = first; number <= last; number++) {
            for (WalTrail.Mark mark : trail.read(number).marks()) {
                if (mark.name().equals(target.value())) {
                    return after(mark.lsn());
                }
            }
        }
        throw notFound(target);
    }

    private Goal atEnd() throws RecoveryException {
        if (!trail.isLastOfArchive(last)) {
            throw endsEarlier(RecoveryTarget.latest());
        }
        for (long number = last; number >= first; number--) {
            RecordStarts records = trail.read(number).records();
            if (!records.isEmpty()) {
                return after(records.last());
            }
        }
        throw TargetProblems.baseWithoutItsWal(trail.nameOf(first), trail.lost());
    }

    /**
     * The server stops behind the record that made it consistent: the last of the base's own WAL.
     */
    private Goal asSoonAsConsistent() throws RecoveryException {
        return new Goal(
                Map.of("recovery_target", "immediate"),
                base.stopLsn(),
                Optional.empty(),
                committedBefore(base.stopLsn()).map(WalTrail.Ending::transaction),
                Optional.empty(),
                Optional.empty(),
                trail.nameOf(trail.segmentOf(base.stopLsn().plus(-1))));
    }

    private Goal before(Lsn record, RecoveryTarget target) throws RecoveryException {
        if (record.isBefore(base.stopLsn())) {
            throw TargetProblems.beforeBase(target, base);
        }
        Lsn previous = lastRecordBefore(record).orElse(base.stopLsn());
        return goal(
                record,
                false,
                previous.isBefore(base.stopLsn()) ? base.stopLsn() : previous.plus(1),
                record);
    }

    private Goal after(Lsn record) throws RecoveryException {
        if (record.plus(1).isBefore(base.stopLsn())) {
            throw TargetProblems.beforeBase(
                    new RecoveryTarget(TargetKind.LSN, record.toString(), true, Optional.empty()),
                    base);
        }
        Lsn next = trail.read(trail.segmentOf(record)).after(record);
        return goal(record, true, record.plus(1), next);
    }

    private Goal goal(Lsn record, boolean inclusive, Lsn mustReach, Lsn mustNotPass)
            throws RecoveryException {
        Lsn end = inclusive ? record.plus(1) : record;
        Lsn lastByte = mustNotPass.isAfter(record) ? mustNotPass.plus(-1) : record;
        return new Goal(
                Map.of(
                        "recovery_target_lsn", record.toString(),
                        "recovery_target_inclusive", Boolean.toString(inclusive)),
                mustReach,
                Optional.of(mustNotPass),
                committedBefore(end).map(WalTrail.Ending::transaction),
                endingBefore(end, ending -> true).map(WalTrail.Ending::time),
                committedFrom(end).map(WalTrail.Ending::transaction),
                trail.nameOf(Math.min(last, trail.segmentOf(lastByte))));
    }

    private Optional<Lsn> lastRecordBefore(Lsn lsn) throws RecoveryException {
        for (long number = trail.segmentOf(lsn); number >= first; number--) {
            Optional<Lsn> record = trail.read(number).records().lastBefore(lsn);
            if (record.isPresent()) {
                return record;
            }
        }
        return Optional.empty();
    }

    private Optional<WalTrail.Ending> committedBefore(Lsn lsn) throws RecoveryException {
        return endingBefore(lsn, WalTrail.Ending::committed);
    }

    private Optional<WalTrail.Ending> endingBefore(Lsn lsn, Predicate<WalTrail.Ending> wanted)
            throws RecoveryException {
        for (long number = Math.min(last, trail.segmentOf(lsn)); number >= first; number--) {
            List<WalTrail.Ending> found = new ArrayList<>();
            for (WalTrail.Ending ending : trail.read(number).endings()) {
                if (ending.lsn().isBefore(lsn) && wanted.test(ending)) {
                    found.add(ending);
                }
            }
            if (!found.isEmpty()) {
                return Optional.of(found.getLast());
            }
        }
        return Optional.empty();
    }

    private Optional<WalTrail.Ending> committedFrom(Lsn lsn) throws RecoveryException {
        long limit = Math.min(last, trail.segmentOf(lsn) + SEGMENTS_LOOKED_AHEAD);
        for (long number = trail.segmentOf(lsn); number <= limit; number++) {
            for (WalTrail.Ending ending : trail.read(number).endings()) {
                if (!ending.lsn().isBefore(lsn) && ending.committed()) {
                    return Optional.of(ending);
                }
            }
        }
        return Optional.empty();
    }

    /** The last transaction that can be reached; empty when none was committed after the base. */
    Optional<WalTrail.Ending> lastCommit() throws RecoveryException {
        return committedBefore(new Lsn(-1L))
                .filter(commit -> !commit.lsn().plus(1).isBefore(base.stopLsn()));
    }

    /** Reads the last segments, so that one of them that cannot be served is found. */
    void requireReadable(int segments) throws RecoveryException {
        for (long number = Math.max(first, last - segments + 1); number <= last; number++) {
            trail.read(number);
        }
    }

    private RecoveryException endsEarlier(RecoveryTarget target) throws RecoveryException {
        return trail.isLastOfArchive(last)
                ? TargetProblems.afterEnd(target, lastCommit())
                : TargetProblems.inGap(target, trail.nameOf(last + 1), lastCommit(), trail.lost());
    }

    private RecoveryException notFound(RecoveryTarget target) throws RecoveryException {
        RecoveryException unknown =
                TargetProblems.unknown(target, trail.nameOf(first), trail.nameOf(last));
        return trail.isLastOfArchive(last)
                ? unknown
                : TargetProblems.unknownBefore(
                        unknown, trail.nameOf(last + 1), lastCommit(), trail.lost());
    }
}
