package dev.lifeboat.catalog.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ConfigDiffTest {
    private static ConfigFiles files(String path, String text) {
        return new ConfigFiles(Map.of(path, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String numbers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void theSameFilesHaveNoDifference() {
        assertThat(ConfigDiff.between(files("/a", "x\n"), files("/a", "x\n")).files()).isEmpty();
    }

    @Test
    void showsAChangedLineWithThreeLinesAround() {
        String old = numbers(0, 40);
        String now = old.replace("line 20\n", "line twenty\n");

        ConfigDiff.FileDiff diff =
                ConfigDiff.between(files("/a", old), files("/a", now)).files().getFirst();

        assertThat(diff.change()).isEqualTo(ConfigDiff.Change.CHANGED);
        assertThat(diff.lines())
                .containsExactly(
                        "@@ -18 +18 @@",
                        " line 17",
                        " line 18",
                        " line 19",
                        "-line 20",
                        "+line twenty",
                        " line 21",
                        " line 22",
                        " line 23");
    }

    @Test
    void showsFilesThatCameAndWent() {
        List<ConfigDiff.FileDiff> files =
                ConfigDiff.between(files("/old", "a\n"), files("/new", "b\n")).files();

        assertThat(files).extracting(ConfigDiff.FileDiff::path).containsExactly("/new", "/old");
        assertThat(files.get(0).lines()).containsExactly("@@ -1 +1 @@", "+b");
        assertThat(files.get(1).lines()).containsExactly("@@ -1 +1 @@", "-a");
    }

    @Test
    void aTarIsReadAsItWasWrittenAndTarAgrees(@TempDir Path folder) throws Exception {
        String deep = "/" + "directory/".repeat(14) + "postgresql.conf";
        var files =
                new ConfigFiles(
                        Map.of(
                                deep,
                                "deep\n".getBytes(StandardCharsets.UTF_8),
                                "/etc/pg/pg_hba.conf",
                                new byte[0],
                                "/etc/pg/é.conf",
                                new byte[1024]));
        byte[] tar = files.toTar();

        assertThat(ConfigFiles.ofTar(tar).paths()).isEqualTo(files.paths());
        assertThat(ConfigFiles.ofTar(tar).text(deep)).isEqualTo("deep\n");
        Process unpack =
                new ProcessBuilder("tar", "-x", "-C", folder.toString())
                        .redirectErrorStream(true)
                        .start();
        try (var in = unpack.getOutputStream()) {
            new ByteArrayInputStream(tar).transferTo(in);
        }
        assertThat(new String(unpack.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(unpack.waitFor()).isZero();
        assertThat(folder.resolve(deep.substring(1))).hasContent("deep");
        assertThat(folder.resolve("etc/pg/é.conf")).hasSize(1024);
    }

    @Test
    void aDamagedTarIsRefused() throws Exception {
        byte[] tar = files("/a", "x").toTar();
        tar[130] = 'z';

        assertThatThrownBy(() -> ConfigFiles.ofTar(tar)).isInstanceOf(RecoveryException.class);
        assertThatThrownBy(() -> ConfigFiles.ofTar(new byte[] {1, 2}))
                .isInstanceOf(RecoveryException.class);
    }

    @Test
    void findsAFileByTheEndOfItsPathAndNeverGuesses() throws Exception {
        var two = new ConfigFiles(Map.of("/a/x.conf", new byte[0], "/b/x.conf", new byte[0]));

        assertThat(two.find("a/x.conf")).isEqualTo("/a/x.conf");
        assertThatThrownBy(() -> two.find("x.conf")).hasMessageContaining("2 files");
        assertThatThrownBy(() -> two.find("y")).hasMessageContaining("No file");
    }
}
