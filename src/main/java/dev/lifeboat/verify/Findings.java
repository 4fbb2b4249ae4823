package dev.lifeboat.verify;

import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.kernel.Problem;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a running verification has met so far. Safe for many threads. */
final class Findings {
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final long begun = System.nanoTime();
    private int objects;
    private int remembered;
    private long bytes;

    synchronized void problem(Problem problem) {
        problems.add(problem);
    }

    synchronized void note(String note) {
        notes.add(note);
    }

    synchronized void proven(long storedBytes) {
        objects++;
        bytes += storedBytes;
    }

    synchronized void remembered() {
        objects++;
        remembered++;
    }

    synchronized boolean isClean() {
        return problems.isEmpty();
    }

    synchronized VerifyReport report(String backup, VerifyLevel level) {
        return new VerifyReport(
                backup,
                level,
                problems.isEmpty(),
                objects,
                remembered,
                bytes,
                (System.nanoTime() - begun) / 1e9,
                List.copyOf(problems),
                notes);
    }
}
