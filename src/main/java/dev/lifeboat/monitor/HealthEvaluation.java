package dev.lifeboat.monitor;

import java.util.List;

/** Judges an observation. Pure: it asks nobody and reads no clock. */
public final class HealthEvaluation {
    private static final List<Findings> ALL =
            List.of(
                    new AgeFindings(),
                    new WindowFindings(),
                    new RegionFindings(),
                    new RunFindings(),
                    new ProofFindings(),
                    new SurroundingFindings());

    private HealthEvaluation() {}

    public static Health of(Observed observed, Goals goals) {
        Figures figures = new FigureBuilder(observed).build();
        List<HealthFinding> findings =
                ALL.stream()
                        .flatMap(part -> part.of(observed, figures, goals).stream())
                        .sorted(HealthFinding.WORST_FIRST)
                        .toList();
        Severity worst = findings.getFirst().severity();
        return new Health(observed.at(), worst, verdict(findings), findings, figures, goals);
    }

    private static String verdict(List<HealthFinding> findings) {
        long troubles = findings.stream().filter(f -> f.severity() != Severity.OK).count();
        if (troubles == 0) {
            return "All is well: " + findings.size() + " checks hold.";
        }
        String more = troubles == 1 ? "" : " (and " + (troubles - 1) + " more)";
        return findings.getFirst().says() + more;
    }
}
