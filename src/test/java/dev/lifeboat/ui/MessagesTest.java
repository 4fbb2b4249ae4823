package dev.lifeboat.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class MessagesTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/lifeboat/ui");
    private static final Path FXML = Path.of("fxml");
    private static final Pattern TEXT = Pattern.compile("Messages\\s*\\.text\\(\\s*\"([^\"]+)\"");
    private static final Pattern COUNT = Pattern.compile("Messages\\s*\\.count\\(\\s*\"([^\"]+)\"");
    private static final Pattern LITERAL =
            Pattern.compile("\"([a-z][A-Za-z0-9-]*(?:\\.[A-Za-z0-9-]+)*)\"");
    private static final Pattern PERCENT = Pattern.compile("\"%([^\"]+)\"");
    private static final Set<String> KEYS = new TreeSet<>(Messages.bundle().keySet());

    @Test
    void everyKeyThatIsAskedForIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String source : read(SOURCES, ".java")) {
            missing.addAll(found(TEXT, source));
            for (String key : found(COUNT, source)) {
                missing.add(key + ".one");
                missing.add(key + ".many");
            }
        }
        for (String screen : read(FXML, ".fxml")) {
            missing.addAll(found(PERCENT, screen));
        }
        missing.removeAll(KEYS);

        assertThat(missing).isEmpty();
    }

    @Test
    void everyKeyThatIsThereIsAskedFor() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String source : read(SOURCES, ".java")) {
            for (String key : found(LITERAL, source)) {
                used.addAll(List.of(key, key + ".one", key + ".many"));
            }
        }
        for (String screen : read(FXML, ".fxml")) {
            used.addAll(found(PERCENT, screen));
        }
        Set<String> unused = new TreeSet<>(KEYS);
        unused.removeAll(used);

        assertThat(unused).isEmpty();
    }

    @Test
    void putsArgumentsInTheirPlaces() {
        assertThat(Messages.text("age.stale", "4 m ago")).isEqualTo("stale: read 4 m ago");
    }

    private static List<String> read(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(ending)).toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(hit -> hit.group(1)).toList();
    }
}
