package dev.lifeboat.catalog.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigIncludeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "include 'a.conf'|INCLUDE|/etc/pg/a.conf",
                "  INCLUDE = '/b.conf' # ours|INCLUDE|/b.conf",
                "include_if_exists'../c.conf'|INCLUDE_IF_EXISTS|/etc/c.conf",
                "include_dir conf.d|INCLUDE_DIR|/etc/pg/conf.d",
                "include \"hba.more\"|INCLUDE|/etc/pg/hba.more"
            })
    void isReadAsTheServerReadsIt(String line, ConfigInclude.Kind kind, String path) {
        assertThat(ConfigInclude.of(line, "/etc/pg/own.conf"))
                .contains(new ConfigInclude(kind, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"# include 'a.conf'", "included = 'a'", "work_mem = 4MB", "include"})
    void isNotSeenWhereThereIsNone(String line) {
        assertThat(ConfigInclude.of(line, "/etc/pg/own.conf")).isEmpty();
    }
}
