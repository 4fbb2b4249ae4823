package dev.lifeboat.ui.health;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.monitor.Figures;
import dev.lifeboat.monitor.Health;
import dev.lifeboat.monitor.HealthFinding;
import dev.lifeboat.monitor.KindFigures;
import dev.lifeboat.monitor.RegionFigures;
import dev.lifeboat.monitor.Severity;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.RegionWords;
import dev.lifeboat.ui.health.HealthSummary.Answer;
import dev.lifeboat.ui.health.HealthSummary.Line;
import dev.lifeboat.ui.health.HealthSummary.RegionLine;
import dev.lifeboat.ui.task.ProfileFacts;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Puts figures and findings into the words of the screen. */
final class HealthWords {
    private static final String UNKNOWN = Messages.text("health.unknown");
    private final TimeText times;
    private final ProfileFacts profile;

    HealthWords(TimeText times, ProfileFacts profile) {
        this.times = times;
        this.profile = profile;
    }

    HealthSummary of(Health health, Optional<MeasuredRestore> measured) {
        return new HealthSummary(
                health.at(),
                role(health.severity()),
                health.verdict(),
                List.of(when(health.figures()), loss(health), howLong(measured), anyGood(health)),
                profile.regions().stream().map(region -> region(region, health)).toList(),
                health.findings().stream().map(HealthWords::line).toList());
    }

    private Answer when(Figures figures) {
        String question = Messages.text("health.when");
        if (figures.latest().isEmpty()) {
            return new Answer(
                    Role.DANGER, question, UNKNOWN, "", Messages.text("health.noWindow"), false);
        }
        Instant latest = figures.latest().get();
        String since =
                figures.from()
                        .map(from -> Messages.text("health.since", times.utc(from), reach(figures)))
                        .orElse("");
        String exact = figures.exact() ? "" : Messages.text("health.byUpload") + " ";
        String shut = isShut(figures) ? Messages.text("health.shut") + " " : "";
        return new Answer(
                whether(figures),
                question,
                times.utc(latest),
                times.local(latest),
                shut + exact + since,
                true);
    }

    private static Role whether(Figures figures) {
        if (isShut(figures)) {
            return Role.DANGER;
        }
        return figures.missingSegments() > 0 ? Role.WARN : Role.OK;
    }

    /** Whether it is known that no restore can read the newest base. */
    private static boolean isShut(Figures figures) {
        return Optional.ofNullable(figures.kinds().get(BackupKind.BASE))
                .flatMap(KindFigures::shut)
                .isPresent();
    }

    private static String reach(Figures figures) {
        return figures.reach().map(TimeSpan::told).orElse(UNKNOWN);
    }

    private Answer loss(Health health) {
        String question = Messages.text("health.loss");
        Duration goal = health.goals().loss();
        String wanted = Messages.text("health.goal", TimeSpan.told(goal));
        return health.figures()
                .loss()
                .map(
                        loss ->
                                new Answer(
                                        loss.compareTo(goal) > 0 ? Role.DANGER : Role.OK,
                                        question,
                                        TimeSpan.told(loss),
                                        wanted,
                                        Messages.text("health.lossMeans"),
                                        false))
                .orElseGet(
                        () ->
                                new Answer(
                                        Role.DANGER,
                                        question,
                                        UNKNOWN,
                                        wanted,
                                        Messages.text("health.lossUnknown"),
                                        false));
    }

    private Answer howLong(Optional<MeasuredRestore> measured) {
        String question = Messages.text("health.howLong");
        return measured.map(
                        last ->
                                new Answer(
                                        Role.INFO,
                                        question,
                                        TimeSpan.told(last.took()),
                                        Messages.text("health.lastRestore"),
                                        Messages.text(
                                                "health.restOn",
                                                last.base(),
                                                last.size(),
                                                times.ago(last.at())),
                                        false))
                .orElseGet(
                        () ->
                                new Answer(
                                        Role.MUTED,
                                        question,
                                        Messages.text("health.notMeasured"),
                                        "",
                                        Messages.text("health.notMeasuredWhy"),
                                        false));
    }

    private Answer anyGood(Health health) {
        String question = Messages.text("health.anyGood");
        Optional<Verification> restored = newest(health, KindFigures::restored);
        Optional<Verification> verified = newest(health, KindFigures::verified);
        String proof =
                restored.map(v -> Messages.text("health.restoredAt", times.ago(v.at())))
                        .orElse(Messages.text("health.neverRestored"));
        boolean late =
                restored.isEmpty()
                        || restored.get()
                                .at()
                                .plus(health.goals().restoreEvery())
                                .isBefore(health.at());
        return verified.map(
                        last ->
                                new Answer(
                                        late ? Role.WARN : Role.OK,
                                        question,
                                        level(last.level()),
                                        times.ago(last.at()),
                                        proof,
                                        false))
                .orElseGet(
                        () ->
                                new Answer(
                                        Role.WARN,
                                        question,
                                        Messages.text("health.neverVerified"),
                                        "",
                                        proof,
                                        false));
    }

    /** Of what a restore can begin with. */
    private static Optional<Verification> newest(
            Health health, Function<KindFigures, Optional<Verification>> proof) {
        return Stream.of(BackupKind.BASE, BackupKind.FULL)
                .map(health.figures().kinds()::get)
                .filter(figures -> figures != null)
                .flatMap(figures -> proof.apply(figures).stream())
                .max(Comparator.comparing(Verification::at));
    }

    private static String level(VerifyLevel level) {
        return switch (level) {
            case LISTED -> Messages.text("verify.listed");
            case CHECKSUM -> Messages.text("verify.checksum");
            case READABLE -> Messages.text("verify.readable");
            case RESTORED -> Messages.text("verify.restored");
        };
    }

    private RegionLine region(ProfileFacts.RegionFacts facts, Health health) {
        RegionFigures figures = health.figures().regions().get(facts.role());
        String name = RegionWords.of(facts.role());
        if (figures == null) {
            return unknown(facts, Role.MUTED, "banner.unknown", Messages.text("health.notAsked"));
        }
        if (figures.problem().isPresent()) {
            return unknown(
                    facts, Role.DANGER, "banner.unreachable", figures.problem().get().what());
        }
        boolean lacking = figures.missingSegments() > 0 || figures.missingBackups() > 0;
        boolean shut = isShut(health.figures());
        Role role = shut ? Role.DANGER : lacking ? Role.WARN : Role.OK;
        String state = shut ? "health.sealed" : lacking ? "health.incomplete" : "health.complete";
        return new RegionLine(
                role,
                name,
                facts.place(),
                Messages.text(state),
                figures.latest().map(times::utc).orElse(UNKNOWN),
                figures.loss().map(TimeSpan::told).orElse(UNKNOWN),
                figures.behind().map(HealthWords::behind).orElse(UNKNOWN),
                Messages.text(
                        "health.missingOf", figures.missingSegments(), figures.missingBackups()),
                "");
    }

    private static RegionLine unknown(
            ProfileFacts.RegionFacts facts, Role role, String state, String why) {
        return new RegionLine(
                role,
                RegionWords.of(facts.role()),
                facts.place(),
                Messages.text(state),
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                why);
    }

    private static String behind(Duration behind) {
        return behind.isZero() ? Messages.text("health.level") : TimeSpan.told(behind);
    }

    private static Line line(HealthFinding finding) {
        return new Line(
                role(finding.severity()),
                finding.check().word(),
                finding.region().map(RegionWords::of).orElse(""),
                finding.says(),
                finding.remedy());
    }

    private static Role role(Severity severity) {
        return switch (severity) {
            case OK -> Role.OK;
            case WARNING -> Role.WARN;
            case CRITICAL -> Role.DANGER;
        };
    }
}
