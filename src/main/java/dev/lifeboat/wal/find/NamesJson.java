package dev.lifeboat.wal.find;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.find.CatalogNames.DatabaseNames;
import dev.lifeboat.wal.find.CatalogNames.PlacedRelation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes names as JSON, and reads them back. A relation is an array: block, offset, OID, name,
 * schema, tablespace, file, kind, whether it is temporary (1), rows.
 */
public final class NamesJson {
    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private NamesJson() {}

    public static byte[] write(CatalogNames names) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("format", FORMAT);
        document.put("systemIdentifier", names.systemIdentifier());
        document.put("major", names.major());
        document.put("at", names.at().toString());
        ArrayNode databases = document.putArray("databases");
        names.databases().forEach(database -> write(databases.addObject(), database));
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always JSON", impossible);
        }
    }

    private static void write(ObjectNode node, DatabaseNames database) {
        node.put("oid", database.oid()).put("name", database.name());
        ObjectNode moved = node.putObject("movedCatalogs");
        database.movedCatalogs().forEach((file, oid) -> moved.put(Long.toString(file), oid));
        ObjectNode schemas = node.putObject("schemas");
        database.schemas().forEach((oid, name) -> schemas.put(Long.toString(oid), name));
        ArrayNode relations = node.putArray("relations");
        for (PlacedRelation each : database.relations()) {
            NamedRelation relation = each.relation();
            relations
                    .addArray()
                    .add(each.block())
                    .add(each.offset())
                    .add(relation.oid())
                    .add(relation.name())
                    .add(relation.schema())
                    .add(relation.tablespace())
                    .add(relation.file())
                    .add(String.valueOf(relation.kind()))
                    .add(relation.temporary() ? 1 : 0)
                    .add(relation.rows());
        }
    }

    /**
     * @param name of the document, for the problem's text
     * @throws RecoveryException MANIFEST_DAMAGED when it holds no names, MANIFEST_TOO_NEW when it
     *     holds them in a form that is not known
     */
    public static CatalogNames read(byte[] document, String name) throws RecoveryException {
        try {
            JsonNode tree = MAPPER.readTree(document);
            int format = tree.path("format").asInt();
            if (format > FORMAT) {
                throw new RecoveryException(
                        ProblemCode.MANIFEST_TOO_NEW,
                        name + " holds names in a newer form.",
                        "It has format " + format + ", known is " + FORMAT + ".",
                        "Use the version of Lifeboat that made the backup, or a newer one.");
            }
            var databases = new ArrayList<DatabaseNames>();
            tree.required("databases").forEach(node -> databases.add(database(node)));
            return new CatalogNames(
                    tree.required("systemIdentifier").asText(),
                    tree.required("major").asInt(),
                    Lsn.parse(tree.required("at").asText()),
                    databases);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new RecoveryException(
                    ProblemCode.MANIFEST_DAMAGED,
                    name + " holds no names of relations.",
                    "It is not the JSON that a backup writes.",
                    "Take a new base; until then what was dropped is shown by numbers.",
                    unreadable);
        }
    }

    private static DatabaseNames database(JsonNode node) {
        Map<Long, Long> moved = new HashMap<>();
        node.path("movedCatalogs")
                .properties()
                .forEach(
                        each -> moved.put(Long.parseLong(each.getKey()), each.getValue().asLong()));
        Map<Long, String> schemas = new HashMap<>();
        node.path("schemas")
                .properties()
                .forEach(
                        each ->
                                schemas.put(
                                        Long.parseLong(each.getKey()), each.getValue().asText()));
        List<PlacedRelation> relations = new ArrayList<>();
        node.path("relations").forEach(each -> relations.add(relation(each)));
        return new DatabaseNames(
                node.required("oid").asLong(),
                node.required("name").asText(),
                moved,
                schemas,
                relations);
    }

    private static PlacedRelation relation(JsonNode array) {
        String kind = array.required(7).asText();
        return new PlacedRelation(
                array.required(0).asLong(),
                array.required(1).asInt(),
                new NamedRelation(
                        array.required(2).asLong(),
                        array.required(3).asText(),
                        array.required(4).asLong(),
                        array.required(5).asLong(),
                        array.required(6).asLong(),
                        kind.isEmpty() ? '?' : kind.charAt(0),
                        array.required(8).asInt() == 1,
                        array.required(9).asLong()));
    }
}
