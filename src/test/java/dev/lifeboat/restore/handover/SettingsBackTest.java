package dev.lifeboat.restore.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.configuration.ConfigFiles;
import dev.lifeboat.catalog.configuration.ConfigSearch;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which configuration a copy gets back, file by file. */
class SettingsBackTest {
    private static final String OUTSIDE = "hba_file = '/etc/pg/pg_hba.conf'\n";
    private static final String STALE = "host all all 0.0.0.0/0 trust\n";

    @TempDir private Path folder;
    private final Map<String, byte[]> backup = new HashMap<>();
    private Path data;
    private Path originals;
    private int asked;

    @BeforeEach
    void makeFolders() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        originals = Files.createDirectory(folder.resolve("original"));
    }

    private void original(String name, String text) throws Exception {
        Files.writeString(originals.resolve(name), text);
    }

    private void backup(String name, String text) {
        backup.put("/etc/pg/" + name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String put(SettingsBack.Elsewhere elsewhere) throws RecoveryException {
        Host host = new LocalHost();
        return new SettingsBack(host.files(), host.currentUser(), data, originals, elsewhere)
                .put(Map.of())
                .get("notes")
                .toString();
    }

    private String put() throws RecoveryException {
        return put(
                () -> {
                    asked++;
                    return new ConfigSearch.Found(
                            Optional.of(backup)
                                    .filter(files -> !files.isEmpty())
                                    .map(ConfigFiles::new)
                                    .map(f -> new ConfigSearch.Taken("c", Instant.EPOCH, f)),
                            List.of());
                });
    }

    @Test
    void asksForNoBackupWhenEverythingLayInTheDataDirectory() throws Exception {
        original("postgresql.conf", "work_mem = '7MB'\n");
        original("pg_hba.conf", "host all all all reject\n");
        backup("postgresql.conf", "work_mem = '9MB'\n");

        assertThat(put()).isEqualTo("[]");

        assertThat(asked).isZero();
        assertThat(data.resolve("postgresql.conf")).content().contains("7MB");
        assertThat(data.resolve("pg_hba.conf")).content().contains("reject");
    }

    @Test
    void takesRulesThatLayElsewhereFromTheBackup() throws Exception {
        original("postgresql.conf", OUTSIDE);
        original("pg_hba.conf", STALE);
        backup("pg_hba.conf", "host all all all reject\n");

        put();

        assertThat(data.resolve("pg_hba.conf")).content().contains("reject").doesNotContain(STALE);
    }

    /** What initdb left in the data directory never held, and may trust everybody. */
    @Test
    void neverTakesRulesThatDidNotHold() throws Exception {
        original("postgresql.conf", OUTSIDE);
        original("pg_hba.conf", STALE);

        assertThat(put()).contains("Nobody knows the source's pg_hba.conf");

        assertThat(data.resolve("pg_hba.conf"))
                .content()
                .doesNotContain(STALE)
                .contains("127.0.0.1/32 scram-sha-256");
    }

    /** Without postgresql.conf nobody knows which file its rules were in. */
    @Test
    void neverTakesRulesOfWhichNobodyKnowsWhetherTheyHeld() throws Exception {
        original("pg_hba.conf", STALE);

        assertThat(put()).contains("Nobody knows the source's pg_hba.conf");

        assertThat(data.resolve("pg_hba.conf"))
                .content()
                .doesNotContain(STALE)
                .contains("127.0.0.1/32 scram-sha-256");
    }

    @Test
    void doesNotWaitForBackupsThatCannotBeRead() throws Exception {
        String notes =
                put(
                        () -> {
                            throw new RecoveryException(
                                    ProblemCode.STORAGE_UNREACHABLE, "No region.", "", "");
                        });

        assertThat(notes).contains("could not be read: No region.");
        assertThat(data.resolve("postgresql.conf")).exists();
    }

    @Test
    void keepsWhatAlterSystemSaidBesideTheBackup() throws Exception {
        original("postgresql.auto.conf", "work_mem = '8MB'\n");
        backup("postgresql.conf", "work_mem = '9MB'\n");
        backup("postgresql.auto.conf", "work_mem = '1MB'\n");

        put();

        assertThat(data.resolve("postgresql.conf")).content().contains("9MB");
        assertThat(data.resolve("postgresql.auto.conf")).hasContent("work_mem = '8MB'");
    }
}
