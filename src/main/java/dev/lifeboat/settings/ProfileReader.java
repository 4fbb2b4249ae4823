package dev.lifeboat.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one profile's fields and notes every fault with its line. */
final class ProfileReader {
    private static final Set<String> SECTIONS = Set.of("primary", "secondary", "alerts");
    private final String source;
    private final List<String> faults;

    ProfileReader(String source, List<String> faults) {
        this.source = source;
        this.faults = faults;
    }

    Profile read(String name, YamlSection fields) {
        Set<String> known =
                Stream.concat(
                                fieldsOf(""),
                                Stream.of(
                                        "primary",
                                        "secondary",
                                        "alerts",
                                        "environment",
                                        "decryption_keys",
                                        "queries",
                                        "replication"))
                        .collect(Collectors.toUnmodifiableSet());
        fields.allow(known);
        SECTIONS.forEach(
                section ->
                        fields.section(section)
                                .allow(fieldsOf(section).collect(Collectors.toUnmodifiableSet())));
        return new Profile(
                name,
                source,
                choice(fields, "environment", Classification.class).orElse(Classification.UNKNOWN),
                values(fields),
                decryptionKeys(fields),
                queries(fields),
                choice(fields, "replication", Replication.class).orElse(Replication.S3));
    }

    private static Stream<String> fieldsOf(String section) {
        return Stream.of(Setting.values())
                .map(Setting::field)
                .filter(field -> section(field).equals(section))
                .map(ProfileReader::name);
    }

    private static String section(String field) {
        return field.contains(".") ? field.substring(0, field.indexOf('.')) : "";
    }

    private static String name(String field) {
        return field.substring(field.indexOf('.') + 1);
    }

    private Map<Setting, Value> values(YamlSection fields) {
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String section = section(setting.field());
            YamlSection there = section.isEmpty() ? fields : fields.section(section);
            there.text(name(setting.field()))
                    .map(text -> value(setting, setting.field(), text))
                    .ifPresent(value -> values.put(setting, value));
        }
        return values;
    }

    private Value value(Setting setting, String field, YamlSection.Text text) {
        if (!setting.kind().accepts(text.value())) {
            faults.add(
                    "line "
                            + text.line()
                            + ": "
                            + field
                            + " must be "
                            + setting.kind().form()
                            + ", for example "
                            + setting.example());
        }
        return new Value(setting, text.value(), field + " (" + source + ":" + text.line() + ")");
    }

    private List<Value> decryptionKeys(YamlSection fields) {
        return fields.texts("decryption_keys").stream()
                .map(text -> value(Setting.BACKUP_ENCRYPTION_KEY, "decryption_keys", text))
                .toList();
    }

    private List<OwnQuery> queries(YamlSection fields) {
        List<OwnQuery> queries = new ArrayList<>();
        for (YamlSection query : fields.sections("queries")) {
            query.allow(Set.of("name", "sql", "expect"));
            var sql = query.text("sql");
            var expect = query.text("expect");
            if (sql.isEmpty() || expect.isEmpty()) {
                query.fault(query.firstLine(), "a query needs 'sql' and 'expect'");
                continue;
            }
            String name = query.text("name").map(YamlSection.Text::value).orElse(sql.get().value());
            Expectation.parse(expect.get().value())
                    .ifPresentOrElse(
                            expected ->
                                    queries.add(new OwnQuery(name, sql.get().value(), expected)),
                            () -> query.fault(expect.get().line(), EXPECT_FORM));
        }
        return queries;
    }

    private static final String EXPECT_FORM =
            "expect must be a value, or one of = != > >= < <= with a value, for example '>= 1000'";

    private <E extends Enum<E>> Optional<E> choice(YamlSection fields, String name, Class<E> type) {
        Optional<YamlSection.Text> text = fields.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String choices = words(type).collect(Collectors.joining(", "));
        if (words(type).noneMatch(text.get().value()::equals)) {
            faults.add("line " + text.get().line() + ": " + name + " must be one of " + choices);
            return Optional.empty();
        }
        return Optional.of(Enum.valueOf(type, text.get().value().toUpperCase(Locale.ROOT)));
    }

    private static <E extends Enum<E>> Stream<String> words(Class<E> type) {
        return Stream.of(type.getEnumConstants()).map(c -> c.name().toLowerCase(Locale.ROOT));
    }
}
