package dev.lifeboat.storage;

/**
 * A store with a role.
 *
 * @param role {@link Role#PRIMARY} or {@link Role#DR}
 */
public record Region(Role role, ObjectStore store) {
    /** Which of the two regions. */
    public enum Role {
        PRIMARY("primary"),
        DR("dr");

        private final String word;

        Role(String word) {
            this.word = word;
        }

        /** As the command line and JSON write it. */
        @Override
        public String toString() {
            return word;
        }
    }

    /** {@code primary} or {@code dr}. */
    public String name() {
        return role.toString();
    }
}
