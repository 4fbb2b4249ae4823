package dev.lifeboat.settings;

import java.util.List;
import java.util.Map;

/**
 * One named cluster of a profile file.
 *
 * @param source the file it stands in
 * @param values what its fields say, the fields it leaves open left out
 * @param decryptionKeys further keys that old backups may be encrypted with
 */
record Profile(
        String name,
        String source,
        Classification classification,
        Map<Setting, Value> values,
        List<Value> decryptionKeys,
        List<OwnQuery> queries,
        Replication replication) {
    Profile {
        values = Map.copyOf(values);
        decryptionKeys = List.copyOf(decryptionKeys);
        queries = List.copyOf(queries);
    }
}
