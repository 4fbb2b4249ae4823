package dev.lifeboat.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.ManifestMac;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;

/**
 * Writes a manifest as JSON with its HMAC, and reads it back. The HMAC covers the document without
 * its {@code hmac} field in a canonical form (members sorted by name, no white space), so that a
 * reader that keeps fields it does not know checks the same bytes.
 */
public final class ManifestJson {
    private static final String MAC_FIELD = "hmac";
    private static final String OTHER_COPY =
            "Take the copy of the other region (--region), or another backup of the catalog.";
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(words())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(MapperFeature.CAN_OVERRIDE_ACCESS_MODIFIERS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    private ManifestJson() {}

    /**
     * The document to store, authenticated with the key that encrypted the backup.
     *
     * @throws IllegalArgumentException when the manifest names another key
     */
    public static byte[] write(Manifest manifest, EncryptionKey key) {
        if (!manifest.encryption().keyFingerprint().equals(key.fingerprint().hex())) {
            throw new IllegalArgumentException("the manifest names another key");
        }
        try {
            ObjectNode document = MAPPER.valueToTree(manifest);
            document.put(MAC_FIELD, ManifestMac.sign(key, canonical(document)));
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(
                    "a manifest of plain records is always JSON", impossible);
        }
    }

    /**
     * Reads a manifest without deciding whether to trust it: {@link Unverified#verify} does.
     *
     * @param key where the document was found, for the problem's text
     * @throws RecoveryException MANIFEST_DAMAGED when it is no manifest, MANIFEST_TOO_NEW when its
     *     major version is not known
     */
    public static Unverified read(byte[] document, String key) throws RecoveryException {
        try {
            JsonNode tree = MAPPER.readTree(document);
            if (!(tree instanceof ObjectNode object)) {
                throw damaged(key, "The document is no JSON object.", null);
            }
            refuseNewer(object.path("formatVersion").asText(""), key);
            String mac = object.path(MAC_FIELD).asText("");
            ObjectNode signed = object.deepCopy();
            signed.remove(MAC_FIELD);
            Manifest manifest = MAPPER.treeToValue(signed, Manifest.class);
            if (manifest.id() == null || manifest.kind() == null || manifest.encryption() == null) {
                throw damaged(key, "It lacks its id, kind or encryption.", null);
            }
            return new Unverified(manifest, canonical(signed), mac, key);
        } catch (IOException | IllegalArgumentException | NullPointerException unreadable) {
            throw damaged(key, "It cannot be read as a manifest.", unreadable);
        }
    }

    /**
     * A manifest whose HMAC has not been checked: good for showing that a backup exists, not for
     * restoring from it.
     */
    public static final class Unverified {
        private final Manifest manifest;
        private final byte[] signed;
        private final String mac;
        private final String key;

        private Unverified(Manifest manifest, byte[] signed, String mac, String key) {
            this.manifest = manifest;
            this.signed = signed;
            this.mac = mac;
            this.key = key;
        }

        /** What the document says. */
        public Manifest manifest() {
            return manifest;
        }

        /** The HMAC the document carries; empty when it has none. */
        public String mac() {
            return mac;
        }

        /**
         * The manifest, when its HMAC was made with the key it names.
         *
         * @throws RecoveryException KEY_WRONG when the ring does not hold that key,
         *     MANIFEST_UNTRUSTED when the HMAC is missing or was not made with it
         */
        public Manifest verify(KeyRing keys) throws RecoveryException {
            KeyFingerprint named = namedKey();
            if (!ManifestMac.matches(keys.require(named, "Backup " + manifest.id()), signed, mac)) {
                throw new RecoveryException(
                        ProblemCode.MANIFEST_UNTRUSTED,
                        "The manifest " + key + " does not carry a valid HMAC.",
                        "It was altered after it was written, or made with another key than "
                                + named
                                + " which it names.",
                        OTHER_COPY);
            }
            return manifest;
        }

        private KeyFingerprint namedKey() throws RecoveryException {
            try {
                return new KeyFingerprint(manifest.encryption().keyFingerprint());
            } catch (IllegalArgumentException | NullPointerException none) {
                throw damaged(key, "It does not name the key of the backup.", none);
            }
        }
    }

    private static void refuseNewer(String version, String key) throws RecoveryException {
        String known = Manifest.FORMAT.substring(0, Manifest.FORMAT.indexOf('.') + 1);
        if (version.isEmpty()) {
            throw damaged(key, "It names no format version.", null);
        }
        if (!version.startsWith(known)) {
            throw new RecoveryException(
                    ProblemCode.MANIFEST_TOO_NEW,
                    "The manifest " + key + " has format " + version + ".",
                    "This version of Lifeboat reads format " + known + "x.",
                    "Use the version of Lifeboat that made the backup, or a newer one.");
        }
    }

    private static byte[] canonical(ObjectNode document) throws JsonProcessingException {
        return MAPPER.writer()
                .without(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(sorted(document))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var members = new TreeMap<String, JsonNode>();
            object.properties()
                    .forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            ObjectNode copy = MAPPER.createObjectNode();
            members.forEach(copy::set);
            return copy;
        }
        if (node.isArray()) {
            var copy = MAPPER.createArrayNode();
            node.forEach(element -> copy.add(sorted(element)));
            return copy;
        }
        return node;
    }

    private static SimpleModule words() {
        return new SimpleModule()
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addSerializer(Lsn.class, ToStringSerializer.instance)
                .addSerializer(BackupKind.class, new KindWriter())
                .addDeserializer(
                        BackupKind.class, new TextReader<>(BackupKind.class, BackupKind::ofWord))
                .addDeserializer(Lsn.class, new TextReader<>(Lsn.class, Lsn::parse))
                .addDeserializer(Instant.class, new TextReader<>(Instant.class, Instant::parse));
    }

    private static RecoveryException damaged(String key, String why, Throwable cause) {
        return new RecoveryException(
                ProblemCode.MANIFEST_DAMAGED,
                "The manifest " + key + " is damaged.",
                why,
                OTHER_COPY,
                cause);
    }

    private static final class KindWriter
            extends com.fasterxml.jackson.databind.ser.std.StdSerializer<BackupKind> {
        private static final long serialVersionUID = 1L;

        KindWriter() {
            super(BackupKind.class);
        }

        @Override
        public void serialize(BackupKind kind, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(kind.word());
        }
    }

    private static final class TextReader<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient java.util.function.Function<String, T> parse;

        TextReader(Class<T> type, java.util.function.Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return parse.apply(in.getText());
            } catch (RuntimeException unreadable) {
                throw context.weirdStringException(
                        in.getText(), handledType(), unreadable.getMessage());
            }
        }
    }
}
