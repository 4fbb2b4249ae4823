package dev.lifeboat.ui.timeline;

import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.timeline.model.Branch;
import dev.lifeboat.ui.timeline.model.CommitHistogram;
import dev.lifeboat.ui.timeline.model.Coverage;
import dev.lifeboat.ui.timeline.model.Coverage.State;
import dev.lifeboat.ui.timeline.model.GapMark;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.TimelineData;
import dev.lifeboat.ui.timeline.model.Veil;
import dev.lifeboat.ui.timeline.model.Veils;
import dev.lifeboat.ui.timeline.model.WalLane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** Timelines to look at, as an archive might give them. */
public final class SampleTimelines {
    public static final long LATEST = at("2026-11-23T03:52:11Z");
    public static final long FIRST_BASE = at("2026-11-22T22:06:00Z");
    public static final long FORK = at("2026-11-22T22:36:00Z");
    private static final Span GAP =
            new Span(at("2026-11-22T23:12:00Z"), at("2026-11-22T23:27:00Z"));

    private SampleTimelines() {}

    public static long at(String time) {
        return Micros.of(Instant.parse(time));
    }

    public static Mark mark(Mark.Kind kind, long from, long to, String label) {
        return new Mark(kind, from, to, label, label + ".", to, Optional.empty());
    }

    private static Mark damage(String time, String label) {
        long at = at(time);
        return new Mark(
                Mark.Kind.DAMAGE,
                at,
                at,
                label,
                label + ", transaction 88123901.",
                at - 1,
                Optional.of(
                        new RecoveryTarget(
                                TargetKind.LSN, "1A/5C000028", false, Optional.empty())));
    }

    /** The evening of the mock: a gap that DR fills, a promotion, a lag, a drop. */
    public static TimelineData evening() {
        List<Mark> marks =
                List.of(
                        mark(
                                Mark.Kind.BASE_VERIFIED,
                                at("2026-11-22T21:50:00Z"),
                                FIRST_BASE,
                                "1.20 TiB"),
                        mark(
                                Mark.Kind.BASE_UNVERIFIED,
                                at("2026-11-23T00:50:00Z"),
                                at("2026-11-23T01:06:00Z"),
                                "1.21 TiB"),
                        mark(
                                Mark.Kind.FULL_VERIFIED,
                                at("2026-11-22T23:48:00Z"),
                                at("2026-11-23T00:00:00Z"),
                                "orders 41.2 GiB"),
                        mark(
                                Mark.Kind.FULL_FAILED,
                                at("2026-11-23T02:00:00Z"),
                                at("2026-11-23T02:10:00Z"),
                                "crm 3.1 GiB"),
                        mark(
                                Mark.Kind.RESTORE_POINT,
                                at("2026-11-23T02:11:00Z"),
                                at("2026-11-23T02:11:00Z"),
                                "before_release_812"),
                        mark(
                                Mark.Kind.EXTERNAL,
                                at("2026-11-23T02:12:00Z"),
                                at("2026-11-23T02:12:00Z"),
                                "deploy 812"),
                        damage("2026-11-23T02:52:07.000001Z", "DROP TABLE orders"),
                        damage("2026-11-23T01:31:00Z", "DELETE 48 210 rows of invoices"));
        return new TimelineData(
                at("2026-11-23T03:56:23Z"),
                new Span(at("2026-11-22T21:00:00Z"), at("2026-11-23T04:05:00Z")),
                marks,
                List.of(primary(State.FROM_OTHER, true), dr(OptionalLong.of(19 * Micros.MINUTE))),
                forked(),
                List.of(
                        new GapMark(
                                GAP, 14, "3…7A–87", Set.of(Lane.WAL_PRIMARY), GapMark.Fate.FILLED)),
                Optional.of(commits("2026-11-22T21:00:00Z", LATEST)),
                veils(FIRST_BASE, LATEST),
                OptionalLong.of(LATEST),
                true,
                List.of());
    }

    /** The same with the gap in both regions, and a base behind it. */
    public static TimelineData torn() {
        TimelineData whole = evening();
        long next = at("2026-11-23T01:06:00Z");
        Veils veils =
                Veils.of(
                        List.of(
                                new Veil(
                                        new Span(Veil.NEVER, FIRST_BASE),
                                        Veil.Reason.BEFORE_FIRST_BASE,
                                        "no base ends before it"),
                                new Veil(
                                        new Span(GAP.from() + 1, next),
                                        Veil.Reason.GAP,
                                        "gap 3…7A–87 (14 segments) missing in both regions; the"
                                                + " next base ends at 01:06:00Z"),
                                new Veil(
                                        new Span(LATEST + 1, Veil.FOREVER),
                                        Veil.Reason.AFTER_LAST_COMMIT,
                                        "after the last commit in the archive")));
        return new TimelineData(
                whole.asOf(),
                whole.limits(),
                whole.marks(),
                List.of(primary(State.MISSING, true), torn(dr(OptionalLong.empty()))),
                whole.branches(),
                List.of(
                        new GapMark(
                                GAP,
                                14,
                                "3…7A–87",
                                Set.of(Lane.WAL_PRIMARY, Lane.WAL_DR),
                                GapMark.Fate.OPEN)),
                whole.commits(),
                veils,
                whole.latest(),
                true,
                List.of());
    }

    private static WalLane torn(WalLane lane) {
        return new WalLane(
                lane.lane(),
                lane.place(),
                bar(State.MISSING, LATEST),
                true,
                OptionalLong.empty(),
                Optional.empty());
    }

    /** DR could not be asked, no WAL was read. */
    public static TimelineData partial() {
        TimelineData whole = evening();
        return new TimelineData(
                whole.asOf(),
                whole.limits(),
                whole.marks().stream().filter(m -> m.kind() != Mark.Kind.DAMAGE).toList(),
                List.of(
                        primary(State.UNKNOWN, false),
                        new WalLane(
                                Lane.WAL_DR,
                                "TL 3 · eu-central-1",
                                Coverage.none(),
                                false,
                                OptionalLong.empty(),
                                Optional.of("The bucket cannot be reached."))),
                whole.branches(),
                List.of(
                        new GapMark(
                                GAP,
                                14,
                                "3…7A–87",
                                Set.of(Lane.WAL_PRIMARY),
                                GapMark.Fate.UNKNOWN)),
                Optional.empty(),
                whole.veils(),
                whole.latest(),
                false,
                List.of("The DR region could not be listed: what it holds is not known."));
    }

    /** A base an hour for a month, thousands of marks. */
    public static TimelineData dense() {
        List<Mark> marks = new ArrayList<>();
        long from = LATEST - 30 * Micros.DAY;
        for (long time = from; time < LATEST; time += Micros.HOUR) {
            boolean checked = time % (3 * Micros.HOUR) == 0;
            marks.add(
                    mark(
                            checked ? Mark.Kind.BASE_VERIFIED : Mark.Kind.BASE_UNVERIFIED,
                            time,
                            time + 10 * Micros.MINUTE,
                            "1.2 TiB"));
            marks.add(
                    mark(
                            Mark.Kind.FULL_UNVERIFIED,
                            time,
                            time + Micros.MINUTE,
                            "a_database_with_a_very_long_name_that_nobody_can_read 41 GiB"));
        }
        var random = new Random(5);
        for (int i = 0; i < 600; i++) {
            long time = from + random.nextLong(30 * Micros.DAY);
            marks.add(
                    mark(
                            i % 3 == 0 ? Mark.Kind.EXTERNAL : Mark.Kind.RESTORE_POINT,
                            time,
                            time,
                            "before_release_" + i));
        }
        TimelineData whole = evening();
        return new TimelineData(
                whole.asOf(),
                new Span(from, LATEST + Micros.HOUR),
                marks,
                List.of(
                        new WalLane(
                                Lane.WAL_PRIMARY,
                                "TL 3 · eu-west-1",
                                segments(250_000, from),
                                true,
                                OptionalLong.empty(),
                                Optional.empty()),
                        new WalLane(
                                Lane.WAL_DR,
                                "TL 3 · eu-central-1",
                                segments(250_000, from),
                                true,
                                OptionalLong.empty(),
                                Optional.empty())),
                List.of(new Branch(3, OptionalLong.empty(), from, LATEST, OptionalLong.empty())),
                List.of(),
                Optional.of(commits("2026-10-24T03:52:11Z", LATEST)),
                veils(from + 10 * Micros.MINUTE, LATEST),
                OptionalLong.of(LATEST),
                true,
                List.of());
    }

    /** So many segments, of which every 997th comes from the other region. */
    public static Coverage segments(int count, long from) {
        var builder = new Coverage.Builder();
        long step = Math.max(1, (LATEST - from) / count);
        for (int i = 0; i < count; i++) {
            builder.add(
                    from + i * step,
                    from + (i + 1) * step,
                    i % 997 == 0 ? State.FROM_OTHER : State.HELD,
                    1);
        }
        return builder.build();
    }

    public static Veils veils(long oldest, long latest) {
        return Veils.of(
                List.of(
                        new Veil(
                                new Span(Veil.NEVER, oldest),
                                Veil.Reason.BEFORE_FIRST_BASE,
                                "no base ends before it"),
                        new Veil(
                                new Span(latest + 1, Veil.FOREVER),
                                Veil.Reason.AFTER_LAST_COMMIT,
                                "after the last commit in the archive")));
    }

    private static WalLane primary(State inGap, boolean exact) {
        return new WalLane(
                Lane.WAL_PRIMARY,
                "TL 3 · eu-west-1",
                bar(inGap, LATEST),
                exact,
                OptionalLong.empty(),
                Optional.empty());
    }

    private static Coverage bar(State inGap, long until) {
        return new Coverage.Builder()
                .add(at("2026-11-22T21:00:00Z"), GAP.from(), State.HELD, 400)
                .add(GAP.from(), GAP.to(), inGap, 14)
                .add(GAP.to(), until, State.HELD, 900)
                .build();
    }

    private static WalLane dr(OptionalLong lag) {
        var builder = new Coverage.Builder();
        long held = LATEST - lag.orElse(0);
        builder.add(at("2026-11-22T21:00:00Z"), held, State.HELD, 1300);
        if (lag.isPresent()) {
            builder.add(held, LATEST, State.NOT_REPLICATED, 60);
        }
        return new WalLane(
                Lane.WAL_DR, "TL 3 · eu-central-1", builder.build(), true, lag, Optional.empty());
    }

    private static List<Branch> forked() {
        return List.of(
                new Branch(
                        2,
                        OptionalLong.empty(),
                        at("2026-11-22T21:00:00Z"),
                        at("2026-11-22T23:05:00Z"),
                        OptionalLong.of(FORK)),
                new Branch(3, OptionalLong.of(2), FORK, LATEST, OptionalLong.empty()));
    }

    public static CommitHistogram commits(String begin, long until) {
        long from = at(begin) / Micros.SECOND;
        int count = (int) (until / Micros.SECOND - from);
        long[] seconds = new long[count];
        long[] counts = new long[count];
        var random = new Random(7);
        for (int i = 0; i < count; i++) {
            seconds[i] = from + i;
            double tide = 1.4 + Math.sin(i / 3000.0) + 0.3 * Math.sin(i / 433.0);
            counts[i] = Math.round(40 * tide * (0.7 + 0.6 * random.nextDouble()));
        }
        return CommitHistogram.of(
                seconds, counts, new Span(at(begin), until / Micros.SECOND * Micros.SECOND));
    }
}
