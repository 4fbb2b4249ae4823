package dev.lifeboat.rescue;

import dev.lifeboat.postgres.TableShape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts tables in an order in which rows can come back without breaking foreign keys. */
final class TableOrder {
    private TableOrder() {}

    /** Each behind those it refers to; within a circle as given. */
    static List<TableShape> parentsFirst(List<TableShape> tables) {
        Map<String, TableShape> byName = new LinkedHashMap<>();
        tables.forEach(table -> byName.put(table.fullName(), table));
        Set<String> ordered = new LinkedHashSet<>();
        for (String name : byName.keySet()) {
            visit(name, byName, ordered, new LinkedHashSet<>());
        }
        var result = new ArrayList<TableShape>();
        ordered.forEach(name -> result.add(byName.get(name)));
        return result;
    }

    private static void visit(
            String name, Map<String, TableShape> tables, Set<String> ordered, Set<String> above) {
        if (!tables.containsKey(name) || ordered.contains(name) || !above.add(name)) {
            return;
        }
        tables.get(name).references().forEach(each -> visit(each, tables, ordered, above));
        ordered.add(name);
    }
}
