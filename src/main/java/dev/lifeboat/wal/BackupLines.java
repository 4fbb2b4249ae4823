package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code KEY: value} lines of a backup label or backup history file. */
final class BackupLines {
    private static final Pattern LOCATION =
            Pattern.compile("([0-9A-F]{1,8}/[0-9A-F]{1,8}) \\(file ([0-9A-F]{24})\\)");
    private final String kind;
    private final Map<String, String> values = new HashMap<>();

    record Location(Lsn lsn, WalFileName.Segment file) {}

    BackupLines(String kind, String content) throws RecoveryException {
        this.kind = kind;
        for (String line : content.split("\r?\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0
                    && values.putIfAbsent(line.substring(0, colon), line.substring(colon + 2))
                            != null) {
                throw damaged("It says '" + line.substring(0, colon) + "' twice.");
            }
        }
    }

    String required(String key) throws RecoveryException {
        String value = values.get(key);
        if (value == null) {
            throw damaged("It has no line '" + key + "'.");
        }
        return value;
    }

    Location location(String key) throws RecoveryException {
        Matcher parts = LOCATION.matcher(required(key));
        if (!parts.matches()
                || !(WalFileName.parse(parts.group(2)) instanceof WalFileName.Segment file)) {
            throw damaged("Its '" + key + "' is no position with a segment's name.");
        }
        return new Location(Lsn.parse(parts.group(1)), file);
    }

    Lsn lsn(String key) throws RecoveryException {
        try {
            return Lsn.parse(required(key));
        } catch (IllegalArgumentException notAnLsn) {
            throw damaged("Its '" + key + "' is no position such as 16/B374D848.");
        }
    }

    Optional<Lsn> optionalLsn(String key) throws RecoveryException {
        return values.containsKey(key) ? Optional.of(lsn(key)) : Optional.empty();
    }

    TimelineId timeline(String key) throws RecoveryException {
        try {
            return new TimelineId(Long.parseLong(required(key)));
        } catch (IllegalArgumentException notATimeline) {
            throw damaged("Its '" + key + "' is no timeline.");
        }
    }

    BackupTime time(String key) throws RecoveryException {
        return BackupTime.parse(required(key));
    }

    RecoveryException damaged(String why) {
        return new RecoveryException(
                ProblemCode.WAL_DAMAGED,
                "This is no " + kind + " that PostgreSQL 15 to 18 writes.",
                why,
                "Restore from another base backup, or fetch this file again from the other region.");
    }
}
