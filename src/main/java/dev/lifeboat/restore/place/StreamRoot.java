package dev.lifeboat.restore.place;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.Map;

/**
 * The directory that a stream's members belong under, and which of them go where. No name leads out
 * of the directory.
 *
 * @param directory the data directory, or that of a tablespace
 */
record StreamRoot(Path directory) {
    /** Where the data directory's control file waits until everything else is in place. */
    static final String WITHHELD_CONTROL_FILE = "global/pg_control.lifeboat";

    static final String CONTROL_FILE = "global/pg_control";
    private static final String TABLESPACES = "pg_tblspc/";

    /**
     * Under its own name the server would make links to the source's directories of it.
     *
     * <p>Source: {@code src/backend/access/transam/xlogrecovery.c}, read_tablespace_map.
     */
    private static final Map<String, String> WITHHELD =
            Map.of(
                    CONTROL_FILE,
                    WITHHELD_CONTROL_FILE,
                    "tablespace_map",
                    "tablespace_map.lifeboat");

    /**
     * Where a file or directory belongs.
     *
     * @throws RecoveryException OBJECT_DAMAGED when the name is absolute, leads upwards or is not a
     *     name at all
     */
    Path place(String member) throws RecoveryException {
        String name = member.startsWith("./") ? member.substring(2) : member;
        if (name.equals(".") || name.isEmpty()) {
            return directory;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || hasControls(part)) {
                throw refused(member);
            }
        }
        return directory.resolve(WITHHELD.getOrDefault(name, name));
    }

    /**
     * The oid of the tablespace that a symbolic link of this name stands for. Such a link is not
     * unpacked: it would lead into the source's tablespace.
     *
     * @throws RecoveryException OBJECT_DAMAGED when it is no tablespace's link
     */
    long tablespace(String member) throws RecoveryException {
        String name = member.startsWith("./") ? member.substring(2) : member;
        if (name.matches(TABLESPACES + "[0-9]{1,10}")) {
            return Long.parseLong(name.substring(TABLESPACES.length()));
        }
        throw refused(member);
    }

    private static boolean hasControls(String part) {
        return part.chars().anyMatch(Character::isISOControl);
    }

    private static RecoveryException refused(String member) {
        return new RecoveryException(
                ProblemCode.OBJECT_DAMAGED,
                "The base holds a member that is not unpacked.",
                "Its name '"
                        + member.replaceAll("\\p{Cntrl}", "?")
                        + "' does not lie inside a data directory.",
                "Do not use this base: choose another one, and find out who made it.");
    }
}
