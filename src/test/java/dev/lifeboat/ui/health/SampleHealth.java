package dev.lifeboat.ui.health;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.monitor.Figures;
import dev.lifeboat.monitor.Goals;
import dev.lifeboat.monitor.Health;
import dev.lifeboat.monitor.HealthCheck;
import dev.lifeboat.monitor.HealthFinding;
import dev.lifeboat.monitor.KindFigures;
import dev.lifeboat.monitor.RegionFigures;
import dev.lifeboat.monitor.Severity;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.task.FakeServices;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Health as a production cluster has it on a good night, and on bad ones. */
public final class SampleHealth {
    private static final Instant NOW = FakeServices.NOW;
    private static final Instant LATEST = NOW.minus(Duration.ofSeconds(252));

    private SampleHealth() {}

    /** Nothing is wrong. */
    public static Health well() {
        return new Health(
                NOW.minusSeconds(38),
                Severity.OK,
                "Every moment of the last 7 days can be recovered, and both regions have it.",
                wellFindings(),
                figures(Duration.ofSeconds(252), 0, Optional.empty(), Duration.ZERO),
                Goals.ofRunbook(7));
    }

    /** DR is behind, a backup is late, nothing was ever restored. */
    public static Health troubled() {
        return new Health(
                NOW.minusSeconds(38),
                Severity.CRITICAL,
                "19 minutes of commits would be lost if the primary region went now, and 14 segments"
                        + " that are needed lie in no region.",
                troubles(),
                figures(Duration.ofMinutes(19), 14, Optional.empty(), Duration.ofMinutes(19)),
                Goals.ofRunbook(7));
    }

    /** The primary region does not answer. */
    public static Health primaryDown() {
        return new Health(
                NOW.minusSeconds(38),
                Severity.CRITICAL,
                "The primary region does not answer: what is known comes from DR alone.",
                List.of(
                        finding(
                                HealthCheck.REGION,
                                Severity.CRITICAL,
                                Optional.of(Region.Role.PRIMARY),
                                FakeServices.unreachable().what(),
                                FakeServices.unreachable().remedy())),
                figures(
                        Duration.ofMinutes(19),
                        0,
                        Optional.of(FakeServices.unreachable()),
                        Duration.ZERO),
                Goals.ofRunbook(7));
    }

    /** Everything is there, and no key known here opens it. */
    public static Health wrongKey() {
        return new Health(
                NOW.minusSeconds(38),
                Severity.CRITICAL,
                "No key known here opens the newest base backup, main_base_20261123_015623. "
                        + FakeServices.wrongKey().why(),
                List.of(
                        finding(
                                HealthCheck.KEY,
                                Severity.CRITICAL,
                                Optional.empty(),
                                "No key known here opens the newest base backup,"
                                        + " main_base_20261123_015623. "
                                        + FakeServices.wrongKey().why(),
                                FakeServices.wrongKey().remedy())),
                figures(
                        Duration.ofSeconds(252),
                        0,
                        Optional.empty(),
                        Duration.ZERO,
                        base(true, Optional.of(FakeServices.wrongKey()))),
                Goals.ofRunbook(7));
    }

    /** Nothing is there at all. */
    public static Health nothing() {
        return new Health(
                NOW.minusSeconds(38),
                Severity.CRITICAL,
                "There is no backup: nothing can be recovered.",
                List.of(
                        finding(
                                HealthCheck.BACKUPS,
                                Severity.CRITICAL,
                                Optional.empty(),
                                "There is no backup of any kind below orders/ in either region.",
                                "Take a base on the database's host: lifeboat backup base")),
                new Figures(
                        true,
                        true,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        0,
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Goals.ofRunbook(7));
    }

    private static Figures figures(
            Duration loss, long missing, Optional<Problem> primaryDown, Duration drBehind) {
        KindFigures base = base(missing > 0, Optional.empty());
        return figures(loss, missing, primaryDown, drBehind, base);
    }

    private static Figures figures(
            Duration loss,
            long missing,
            Optional<Problem> primaryDown,
            Duration drBehind,
            KindFigures base) {
        boolean bad = missing > 0;
        return new Figures(
                true,
                true,
                Optional.of(LATEST),
                !bad,
                Optional.of(loss),
                Optional.of(NOW.minus(Duration.ofDays(7))),
                Optional.of(Duration.ofDays(7).plusHours(3)),
                missing,
                0,
                Map.of(
                        Region.Role.PRIMARY,
                        region(Region.Role.PRIMARY, primaryDown, loss, Duration.ZERO, missing),
                        Region.Role.DR,
                        region(Region.Role.DR, Optional.empty(), loss, drBehind, missing)),
                Map.of(BackupKind.BASE, base),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static RegionFigures region(
            Region.Role role,
            Optional<Problem> problem,
            Duration loss,
            Duration behind,
            long missing) {
        boolean known = problem.isEmpty();
        return new RegionFigures(
                role,
                problem,
                Optional.of(LATEST.minus(behind)).filter(_ -> known),
                true,
                Optional.of(loss.plus(behind)).filter(_ -> known),
                Optional.of(behind).filter(_ -> known),
                missing,
                missing,
                behind.isZero() ? 0 : 2);
    }

    private static KindFigures base(boolean neverRestored, Optional<Problem> shut) {
        return new KindFigures(
                BackupKind.BASE,
                Optional.of("main_base_20261123_015623"),
                Optional.of(NOW.minus(Duration.ofHours(2))),
                Optional.of(NOW.minus(Duration.ofMinutes(90))),
                Optional.of(Duration.ofHours(2)),
                OptionalLong.of(1_288_490_188_800L),
                412_316_860_416L,
                shut.isEmpty(),
                shut,
                Optional.of(
                        new Verification(
                                VerifyLevel.READABLE, NOW.minus(Duration.ofHours(3)), true)),
                neverRestored
                        ? Optional.empty()
                        : Optional.of(
                                new Verification(
                                        VerifyLevel.RESTORED, NOW.minus(Duration.ofDays(2)), true)),
                14,
                OptionalLong.of(0));
    }

    private static List<HealthFinding> wellFindings() {
        return List.of(
                ok(HealthCheck.RPO, "4 m 12 s would be lost now; the goal is 5 minutes."),
                ok(HealthCheck.GAPS, "No needed segment is missing in either region."),
                ok(HealthCheck.BASE_AGE, "The newest base is 2 hours old."),
                ok(HealthCheck.KEY, "The key known here is the one of the newest backups."));
    }

    private static List<HealthFinding> troubles() {
        return List.of(
                finding(
                        HealthCheck.GAPS,
                        Severity.CRITICAL,
                        Optional.empty(),
                        "14 segments from 000000030000002F0000007A to 000000030000002F00000087 lie in no"
                                + " region: nothing between 2026-11-23 01:12:04Z and the next base can be"
                                + " recovered.",
                        "Look on the database host for them: lifeboat wal push pg_wal/NAME, then take a"
                                + " base: lifeboat backup base"),
                finding(
                        HealthCheck.DR_LAG,
                        Severity.WARNING,
                        Optional.of(Region.Role.DR),
                        "The DR region is 19 minutes behind; 15 are allowed.",
                        "See what is missing: lifeboat replicate --check"),
                finding(
                        HealthCheck.RESTORED,
                        Severity.WARNING,
                        Optional.empty(),
                        "No backup was ever proven by restoring it.",
                        "Restore one beside the database: lifeboat restore latest --into DIR"),
                ok(HealthCheck.BASE_AGE, "The newest base is 2 hours old."),
                ok(HealthCheck.KEY, "The key known here is the one of the newest backups."));
    }

    private static HealthFinding ok(HealthCheck check, String says) {
        return finding(check, Severity.OK, Optional.empty(), says, "");
    }

    private static HealthFinding finding(
            HealthCheck check,
            Severity severity,
            Optional<Region.Role> region,
            String says,
            String remedy) {
        return new HealthFinding(check, severity, region, says, remedy);
    }
}
