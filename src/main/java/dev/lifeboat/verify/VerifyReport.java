package dev.lifeboat.verify;

import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.kernel.Problem;

import java.util.List;

/**
 * What a verification came to.
 *
 * @param backup the id, or the file's name
 * @param ok whether nothing wrong was found
 * @param objects how many copies of objects were proven, now or before
 * @param remembered how many of them were proven before and not read again
 * @param bytes that were read now, as stored
 * @param problems what is wrong
 * @param notes what is not wrong and should be known, full sentences
 */
public record VerifyReport(
        String backup,
        VerifyLevel level,
        boolean ok,
        int objects,
        int remembered,
        long bytes,
        double seconds,
        List<Problem> problems,
        List<String> notes) {
    public VerifyReport {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
