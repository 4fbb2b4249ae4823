package dev.lifeboat.ui.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

class FileTailTest {
    @TempDir Path folder;

    @Test
    void givesLinesOnceTheyAreWhole() throws IOException {
        Path file = folder.resolve("out");
        Files.writeString(file, "one\ntw");
        var tail = new FileTail(file);

        assertThat(tail.lines()).containsExactly("one");
        assertThat(tail.lines()).isEmpty();
        Files.writeString(file, "o è\nthree\n", StandardOpenOption.APPEND);

        assertThat(tail.lines()).containsExactly("two è", "three");
    }

    @Test
    void givesNothingWhileThereIsNoFile() {
        assertThat(new FileTail(folder.resolve("none")).lines()).isEmpty();
    }
}
