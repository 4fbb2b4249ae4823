package dev.lifeboat.cli;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;

import java.util.Map;
import java.util.TreeMap;

/** Problems as JSON objects keep them. */
final class Problems {
    private Problems() {}

    /** Under {@code primary} and {@code dr}. */
    static Map<String, Problem> byRegion(Map<Region.Role, Problem> problems) {
        Map<String, Problem> named = new TreeMap<>();
        problems.forEach((role, problem) -> named.put(role.toString(), problem));
        return named;
    }
}
