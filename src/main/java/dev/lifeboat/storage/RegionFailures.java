package dev.lifeboat.storage;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException.Kind;

import java.util.ArrayList;
import java.util.List;

/** What each region said why it did not give an object, told together. */
final class RegionFailures {
    private final String key;
    private final List<Region> regions = new ArrayList<>();
    private final List<RecoveryException> failures = new ArrayList<>();

    RegionFailures(String key) {
        this.key = key;
    }

    void add(Region region, RecoveryException failure) {
        regions.add(region);
        failures.add(failure);
    }

    boolean isEmpty() {
        return failures.isEmpty();
    }

    /** The one failure, or one that names all; absence only when all proved it. */
    RecoveryException together() {
        if (failures.size() == 1) {
            return failures.getFirst();
        }
        RecoveryException telling = telling();
        StringBuilder why = new StringBuilder();
        for (int i = 0; i < failures.size(); i++) {
            Problem problem = failures.get(i).problem();
            why.append(i == 0 ? "" : " ")
                    .append(regions.get(i).name())
                    .append(" (")
                    .append(regions.get(i).store().name())
                    .append("): ")
                    .append(problem.what())
                    .append(' ')
                    .append(problem.why());
        }
        String what = "No region gives the object '" + key + "'.";
        String remedy = telling.problem().remedy();
        RecoveryException together =
                telling instanceof StorageException storage
                        ? new StorageException(storage.kind(), what, why.toString(), remedy)
                        : new RecoveryException(telling.code(), what, why.toString(), remedy);
        failures.forEach(together::addSuppressed);
        return together;
    }

    /** Damage says more than unavailability, and either more than absence. */
    private RecoveryException telling() {
        RecoveryException best = failures.getFirst();
        for (RecoveryException failure : failures) {
            if (weight(failure) > weight(best)) {
                best = failure;
            }
        }
        return best;
    }

    private static int weight(RecoveryException failure) {
        if (failure instanceof StorageException storage) {
            return storage.kind() == Kind.ABSENT ? 0 : 1;
        }
        return 2;
    }
}
