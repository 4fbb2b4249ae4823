package dev.lifeboat.restore;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * A plan as a file: {@code {"kind":"physical","plan":{...},"digest":"..."}}. The digest is the
 * SHA-256 of the plan in compact form, so that a plan that somebody reviewed is the plan that is
 * carried out.
 */
public final class PlanJson {
    private static final String KIND = "kind";
    private static final String PHYSICAL = "physical";
    private static final String LOGICAL = "logical";

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .addModule(words())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    private PlanJson() {}

    /** The file's content, indented for people. */
    public static byte[] write(RestorePlan plan) {
        try {
            JsonNode tree = MAPPER.valueToTree(plan);
            ObjectNode document = MAPPER.createObjectNode();
            document.put(KIND, kind(plan));
            document.set("plan", tree);
            document.put("digest", digest(tree));
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a plan of plain records is always JSON", impossible);
        }
    }

    /** The digest that {@link #write} puts beside the plan. */
    public static String digest(RestorePlan plan) {
        return digest(MAPPER.<JsonNode>valueToTree(plan));
    }

    /** The plan as a tree of maps and lists, for {@code --json} answers. */
    public static JsonNode tree(RestorePlan plan) {
        return MAPPER.valueToTree(plan);
    }

    /** What kind of restore a plan is of, as its file says it. */
    private static String kind(RestorePlan plan) {
        return switch (plan) {
            case PhysicalPlan _ -> PHYSICAL;
            case LogicalPlan _ -> LOGICAL;
        };
    }

    /** A plan without a kind is one of the time when there was only one. */
    private static Class<? extends RestorePlan> type(JsonNode document, String name)
            throws RecoveryException {
        return switch (document.path(KIND).asText(PHYSICAL)) {
            case PHYSICAL -> PhysicalPlan.class;
            case LOGICAL -> LogicalPlan.class;
            default -> throw refused(name, "It is of a kind this version does not know.", null);
        };
    }

    /**
     * Reads a plan.
     *
     * @param name the file's name, for the problem's text
     * @throws RecoveryException PLAN_OUTDATED when the digest does not match or the file is no plan
     */
    public static RestorePlan read(byte[] content, String name) throws RecoveryException {
        try {
            JsonNode document = MAPPER.readTree(content);
            JsonNode plan = document.path("plan");
            if (!digest(plan).equals(document.path("digest").asText())) {
                throw refused(
                        name,
                        "Its digest does not match its content: it was altered after it was made.",
                        null);
            }
            return MAPPER.treeToValue(plan, type(document, name));
        } catch (IOException unreadable) {
            throw refused(name, "It is not a plan this version of Lifeboat wrote.", unreadable);
        }
    }

    private static String digest(JsonNode plan) {
        try {
            byte[] compact =
                    MAPPER.writeValueAsString(MAPPER.treeToValue(plan, Object.class))
                            .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(compact));
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static RecoveryException refused(String name, String why, Throwable cause) {
        return new RecoveryException(
                ProblemCode.PLAN_OUTDATED,
                "The plan " + name + " is not carried out.",
                why,
                "Make a new plan with --plan-out and review it.",
                cause);
    }

    private static SimpleModule words() {
        var module = new SimpleModule();
        word(module, Lsn.class, Lsn::toString, Lsn::parse);
        word(module, Path.class, Path::toString, Path::of);
        word(module, BackupKind.class, BackupKind::word, BackupKind::ofWord);
        word(module, TargetKind.class, TargetKind::word, TargetKind::ofWord);
        word(module, TargetAction.class, TargetAction::word, TargetAction::ofWord);
        return module;
    }

    private static <T> void word(
            SimpleModule module,
            Class<T> type,
            Function<T, String> write,
            Function<String, T> read) {
        module.addSerializer(new WordWriter<>(type, write));
        module.addDeserializer(type, new WordReader<>(type, read));
    }

    private static final class WordWriter<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<T, String> write;

        WordWriter(Class<T> type, Function<T, String> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(write.apply(value));
        }
    }

    private static final class WordReader<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> read;

        WordReader(Class<T> type, Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return read.apply(in.getText());
            } catch (IllegalArgumentException unreadable) {
                throw context.weirdStringException(
                        in.getText(), handledType(), unreadable.getMessage());
            }
        }
    }
}
