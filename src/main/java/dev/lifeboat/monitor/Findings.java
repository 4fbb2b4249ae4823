package dev.lifeboat.monitor;

import java.util.List;

/** Judges part of an observation. */
interface Findings {
    List<HealthFinding> of(Observed observed, Figures figures, Goals goals);
}
