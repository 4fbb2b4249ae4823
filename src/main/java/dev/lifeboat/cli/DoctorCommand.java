package dev.lifeboat.cli;

import dev.lifeboat.doctor.Doctor;
import dev.lifeboat.doctor.Finding;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code doctor}: whether everything that will be needed is there. */
@Command(
        name = "doctor",
        description = {
            "Looks at tools, credentials, both buckets, key, database, archiving, clocks, disk and"
                    + " settings, and says what to do about what is not well.",
            "Changes nothing. Exit 3 when something fails."
        },
        footer = {"", "For example:  lifeboat doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    DoctorCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record Report(boolean ok, List<Finding> checks) {}

    @Override
    public Integer call() throws RecoveryException {
        try (Engine engine = session.engine(RegionChoice.AUTO)) {
            List<Finding> findings = new Doctor(engine, session.cancel()).examine();
            boolean ok =
                    findings.stream().noneMatch(found -> found.state() == Finding.State.FAILURE);
            session.output().result(new Report(ok, findings), () -> text(findings));
            return ok ? 0 : ProblemCode.CHECK_FAILED.exitCode();
        }
    }

    private static String text(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding found : findings) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "%-8s %s: %s",
                                    found.state().name().toLowerCase(Locale.ROOT),
                                    found.subject(),
                                    found.seen()));
            if (!found.remedy().isEmpty()) {
                text.append("\n         ").append(found.remedy());
            }
        }
        return text.toString();
    }
}
