package dev.lifeboat.restore.spool;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;

import java.nio.file.Path;

/** Where segments and histories come from. Called by many threads at once. */
@FunctionalInterface
public interface SegmentSource {
    /**
     * Writes the plain content of a WAL file.
     *
     * @param name the file's name in PostgreSQL's spelling
     * @param into a file to create or overwrite; its content counts only with {@link Found}
     */
    Answer fetch(String name, Path into, CancelToken cancel) throws CancelledException;

    /** What is known about a file. */
    sealed interface Answer {}

    /**
     * The file is written.
     *
     * @param region where it came from
     */
    record Found(String region) implements Answer {}

    /** Every region of the plan proved that it has no such file. */
    record Absent() implements Answer {}

    /**
     * Whether the file is there could not be known, or what is there is not good.
     *
     * @param passing whether asking again later may help
     */
    record Unknown(Problem problem, boolean passing) implements Answer {}
}
