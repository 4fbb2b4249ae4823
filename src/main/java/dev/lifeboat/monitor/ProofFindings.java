package dev.lifeboat.monitor;

import static dev.lifeboat.monitor.HealthFinding.critical;
import static dev.lifeboat.monitor.HealthFinding.ok;
import static dev.lifeboat.monitor.HealthFinding.warning;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.kernel.TimeSpan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether the backups are any good: verified, restored, and opened by the key there is. */
final class ProofFindings implements Findings {
    @Override
    public List<HealthFinding> of(Observed observed, Figures figures, Goals goals) {
        if (observed.catalog().value().isEmpty()) {
            return List.of();
        }
        List<HealthFinding> found = new ArrayList<>();
        verdicts(observed.catalog().value().get()).ifPresent(found::add);
        found.add(
                proof(
                        HealthCheck.VERIFIED,
                        "proven readable",
                        newest(figures, KindFigures::verified),
                        goals.verifyEvery(),
                        observed.at(),
                        "lifeboat verify latest"));
        found.add(
                proof(
                        HealthCheck.RESTORED,
                        "proven by a restore",
                        newest(figures, KindFigures::restored),
                        goals.restoreEvery(),
                        observed.at(),
                        "lifeboat verify latest --level restored"));
        found.addAll(key(figures));
        drill(figures, goals, observed).ifPresent(found::add);
        return found;
    }

    private static Optional<Verification> newest(
            Figures figures, Function<KindFigures, Optional<Verification>> proof) {
        return figures.kinds().values().stream()
                .flatMap(kind -> proof.apply(kind).stream())
                .max(Comparator.comparing(Verification::at));
    }

    private static Optional<HealthFinding> verdicts(CatalogListing catalog) {
        List<CatalogEntry> bad =
                catalog.entries().stream()
                        .filter(entry -> entry.verified().filter(proof -> !proof.ok()).isPresent())
                        .toList();
        return bad.stream()
                .findFirst()
                .map(
                        newest ->
                                critical(
                                        HealthCheck.VERIFIED,
                                        "The verification of "
                                                + Words.count(bad.size(), "backup")
                                                + " failed, the newest: "
                                                + newest.id()
                                                + ".",
                                        "See what is wrong: lifeboat verify "
                                                + newest.id()
                                                + "; mend it from the other region: lifeboat"
                                                + " replicate --apply."));
    }

    private static HealthFinding proof(
            HealthCheck check,
            String how,
            Optional<Verification> last,
            Duration goal,
            Instant at,
            String command) {
        String remedy = "Prove one: " + command + ".";
        if (last.isEmpty()) {
            return warning(check, "No backup was ever " + how + ".", remedy);
        }
        Duration age = Duration.between(last.get().at(), at);
        String says =
                "A backup was last "
                        + how
                        + " "
                        + TimeSpan.told(age)
                        + " ago, at level "
                        + last.get().level().word()
                        + " (goal "
                        + TimeSpan.told(goal)
                        + ").";
        return age.compareTo(goal) > 0 ? warning(check, says, remedy) : ok(check, says);
    }

    private static List<HealthFinding> key(Figures figures) {
        return Stream.of(BackupKind.FULL, BackupKind.BASE)
                .map(figures.kinds()::get)
                .filter(kind -> kind.id().isPresent())
                .map(ProofFindings::key)
                .toList();
    }

    /** What is known to keep it shut is told; only what nobody looked at is not proven. */
    private static HealthFinding key(KindFigures kind) {
        String newest = "the newest " + kind.kind().word() + " backup";
        if (kind.authenticated()) {
            return ok(HealthCheck.KEY, "The key opens " + newest + ".");
        }
        String id = kind.id().orElseThrow();
        return kind.shut()
                .map(
                        problem ->
                                critical(
                                        HealthCheck.KEY,
                                        "No key known here opens "
                                                + newest
                                                + ", "
                                                + id
                                                + ". "
                                                + problem.why(),
                                        problem.remedy()))
                .orElseGet(
                        () ->
                                critical(
                                        HealthCheck.KEY,
                                        "Whether the key opens "
                                                + newest
                                                + " is not proven: "
                                                + id
                                                + ".",
                                        "See which key there is: lifeboat key fingerprint; prove"
                                                + " it: lifeboat verify "
                                                + id
                                                + "."));
    }

    /** Who never held a drill is told by the checklist, not by an alarm. */
    private static Optional<HealthFinding> drill(Figures figures, Goals goals, Observed observed) {
        return figures.lastDrill()
                .map(last -> Duration.between(last, observed.at()))
                .map(
                        age -> {
                            String says =
                                    "The last drill was "
                                            + TimeSpan.told(age)
                                            + " ago (goal "
                                            + TimeSpan.told(goals.drillEvery())
                                            + ").";
                            return age.compareTo(goals.drillEvery()) > 0
                                    ? warning(
                                            HealthCheck.DRILL,
                                            says,
                                            "Hold one: lifeboat drill due.")
                                    : ok(HealthCheck.DRILL, says);
                        });
    }
}
