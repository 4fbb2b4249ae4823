package dev.lifeboat.catalog.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ConfigTextsTest {
    private final Map<String, byte[]> files = new HashMap<>();

    private void file(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private ConfigTexts texts() {
        return new ConfigTexts(new ConfigFiles(files));
    }

    @Test
    void putsWhatIsIncludedInItsPlaceAndADirectoryInTheOrderOfNames() {
        file("/etc/pg/postgresql.conf", "a = 1\ninclude_dir 'conf.d'\nd = 4\n");
        file("/etc/pg/conf.d/20.conf", "c = 3\n");
        file("/etc/pg/conf.d/10.conf", "b = 2\n");
        file("/etc/pg/conf.d/notes.txt", "e = 5\n");

        assertThat(settings(texts().main().orElseThrow()))
                .containsExactly("a = 1", "b = 2", "c = 3", "d = 4");
    }

    private static List<String> settings(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void leavesAnIncludeOfWhatIsNotThereByItsWholePath() {
        file("/etc/pg/postgresql.conf", "include_if_exists 'more.conf'\n");

        assertThat(texts().main()).contains("include_if_exists '/etc/pg/more.conf'\n");
    }

    @Test
    void takesTheFileThatNoOtherIncludes() {
        file("/etc/pg/postgresql.conf", "include '/shared/postgresql.conf'\n");
        file("/shared/postgresql.conf", "a = 1\n");

        assertThat(settings(texts().main().orElseThrow())).containsExactly("a = 1");
    }

    @Test
    void doesNotGuessBetweenTwo() {
        file("/one/pg_hba.conf", "host all all all reject\n");
        file("/two/pg_hba.conf", "host all all all trust\n");

        assertThat(texts().hba()).isEmpty();
    }

    @Test
    void endsWhereFilesIncludeEachOther() {
        file("/etc/pg/postgresql.conf", "include 'a.conf'\n");
        file("/etc/pg/a.conf", "a = 1\ninclude 'a.conf'\n");

        assertThat(settings(texts().main().orElseThrow()))
                .last()
                .isEqualTo("include '/etc/pg/a.conf'");
    }

    @Test
    void meansFilesOfNamesFromTheFolderOfTheirLine() {
        file("/etc/pg/pg_hba.conf", "host @dbs all all md5\ninclude more/hba\n");
        file("/etc/pg/more/hba", "host all ada,@admins all md5\n");

        assertThat(texts().hba().orElseThrow())
                .contains("host @/etc/pg/dbs all")
                .contains("ada,@/etc/pg/more/admins all");
    }
}
