package dev.lifeboat.monitor.alert;

import dev.lifeboat.monitor.HealthFinding;
import dev.lifeboat.monitor.Severity;

/**
 * Something to tell.
 *
 * @param subject what it is about, the same from run to run: {@code dr-lag/dr}
 * @param finding as it is now; OK when the trouble is over
 */
record Change(String subject, HealthFinding finding) {
    boolean isOver() {
        return finding.severity() == Severity.OK;
    }
}
