package dev.lifeboat.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Results as JSON: records and maps as objects, times in ISO 8601 UTC, LSNs as PostgreSQL prints
 * them, enum constants in lower case with hyphens (problem codes as they are published), an empty
 * {@link Optional} as null.
 */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(module());

    private Json() {}

    /** One line, without a line end. */
    static String line(Object document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "no JSON form of " + document.getClass().getName(), unwritable);
        }
    }

    /** For people: indented. */
    static String document(Object document) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "no JSON form of " + document.getClass().getName(), unwritable);
        }
    }

    /** An enum constant as JSON and people read it: lower case with hyphens. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static SimpleModule module() {
        var module = new SimpleModule();
        text(module, Instant.class, Instant::toString);
        text(module, Lsn.class, Lsn::toString);
        text(module, Path.class, Path::toString);
        text(module, ProblemCode.class, ProblemCode::name);
        module.addSerializer(Enum.class, new EnumWord());
        module.addSerializer(Optional.class, new OptionalValue());
        module.addSerializer(OptionalLong.class, new OptionalNumber());
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<T, String> form) {
        module.addSerializer(
                type,
                new JsonSerializer<T>() {
                    @Override
                    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                            throws IOException {
                        out.writeString(form.apply(value));
                    }
                });
    }

    @SuppressWarnings("rawtypes")
    private static final class EnumWord extends JsonSerializer<Enum> {
        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(word(value));
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class OptionalValue extends JsonSerializer<Optional> {
        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            provider.defaultSerializeValue(value.isPresent() ? value.get() : null, out);
        }
    }

    private static final class OptionalNumber extends JsonSerializer<OptionalLong> {
        @Override
        public void serialize(OptionalLong value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (value.isPresent()) {
                out.writeNumber(value.getAsLong());
            } else {
                out.writeNull();
            }
        }
    }
}
