package dev.lifeboat.host;

import java.util.Arrays;
import java.util.List;

/**
 * Linux' table of System V shared memory.
 *
 * <p>Source: proc(5), /proc/sysvipc/shm: a line of column names, then a line a segment.
 */
final class SharedMemoryTable {
    private SharedMemoryTable() {}

    /** Processes attached to the segment; 0 when the table does not hold it. */
    static int attached(List<String> table, long shmId) {
        if (table.isEmpty()) {
            return 0;
        }
        List<String> names = columns(table.getFirst());
        int idColumn = names.indexOf("shmid");
        int attachedColumn = names.indexOf("nattch");
        for (String line : table.subList(1, table.size())) {
            List<String> values = columns(line);
            if (Long.parseLong(values.get(idColumn)) == shmId) {
                return Integer.parseInt(values.get(attachedColumn));
            }
        }
        return 0;
    }

    private static List<String> columns(String line) {
        return Arrays.asList(line.strip().split("\\s+"));
    }
}
