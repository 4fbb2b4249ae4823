package dev.lifeboat.restore.spool;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;

/** Where segments and histories come from. Called by many threads at once. */
@FunctionalInterface
public interface SegmentSource {
    /**
     * Fetches the plain, checked content of a WAL file.
     *
     * @param name the file's name in PostgreSQL's spelling
     */
    Answer fetch(String name) throws CancelledException;

    /** What is known about a file. */
    sealed interface Answer {}

    /** The file. */
    final class Found implements Answer {
        private final byte[] content;
        private final String region;

        /**
         * @param region where it came from
         */
        public Found(byte[] content, String region) {
            this.content = content;
            this.region = region;
        }

        byte[] content() {
            return content;
        }

        String region() {
            return region;
        }
    }

    /** Every region of the plan proved that it has no such file. */
    record Absent() implements Answer {}

    /** Every region of the plan answered, and no copy of it is good. */
    record Damaged(Problem problem) implements Answer {}

    /**
     * Whether the file is there could not be known, or what is there is not good.
     *
     * @param passing whether asking again later may help
     */
    record Unknown(Problem problem, boolean passing) implements Answer {}
}
