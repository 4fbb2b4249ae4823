package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Health;
import dev.lifeboat.monitor.HealthFinding;
import dev.lifeboat.monitor.HealthJson;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;

import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code health}: whether the backups are well. */
@Command(
        name = "health",
        description = {
            "Judges the backups of both regions: what would be lost now, to when one can go back, holes, how"
                    + " far DR is behind, the age of each kind and of the last proof, failed and missed runs.",
            "Worst first, each with its remedy. Changes nothing. Exit 3 when something is critical."
        },
        footer = {"", "For example:  lifeboat health --json"})
final class HealthCommand implements Callable<Integer> {
    private final Session session;

    HealthCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        try (Engine engine = session.engine(RegionChoice.AUTO)) {
            Health health = engine.health().read();
            session.output().result(HealthJson.of(health), () -> text(health));
            return exitCode(health);
        }
    }

    static int exitCode(Health health) {
        return health.well() ? 0 : ProblemCode.CHECK_FAILED.exitCode();
    }

    static String text(Health health) {
        StringBuilder text = new StringBuilder(health.verdict()).append('\n');
        for (HealthFinding finding : health.findings()) {
            text.append(
                    String.format(
                            Locale.ROOT, "%n%-8s %s", finding.severity().word(), finding.says()));
            if (!finding.remedy().isEmpty()) {
                text.append("\n         ").append(finding.remedy());
            }
        }
        return text.toString();
    }
}
