package dev.lifeboat.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class ScriptsTest {
    private static final WrittenTo HERE = new WrittenTo("here");
    @TempDir Path folder;

    @Test
    void twoRescuesOfOneTableInOneSecondLeaveTheScriptsOfBoth() throws Exception {
        Path first = kept("DELETE FROM a;");
        Path second = kept("DELETE FROM b;");

        assertThat(first).isNotEqualTo(second);
        assertThat(Files.readString(first)).contains("DELETE FROM a;");
        assertThat(Files.readString(second)).contains("DELETE FROM b;");
    }

    @Test
    void whatWasNotDoneLeavesNoScript() throws Exception {
        try (var scripts = new Scripts(folder, "t", HERE)) {
            scripts.applied("INSERT INTO a;");
        }

        assertThat(folder).isEmptyDirectory();
    }

    private Path kept(String statement) throws Exception {
        try (var scripts = new Scripts(folder, "app.items-20261125_123949", HERE)) {
            scripts.applied(statement);
            scripts.finish();
            scripts.keep();
            return scripts.apply();
        }
    }
}
