package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.postgres.DatabaseSettings.Grant;
import dev.lifeboat.postgres.DatabaseSettings.Setting;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;

class DatabaseSettingsTest {
    private static final DatabaseSettings OWN =
            new DatabaseSettings(
                    "Owner",
                    -1,
                    Optional.of("it's"),
                    true,
                    Set.of(new Grant(Optional.of("app"), "CONNECT", true)),
                    Set.of(
                            new Setting(
                                    Optional.empty(), "search_path", "\"$user\", \"a,\"\"b\", c")));

    @Test
    void quotesEachNameOfAListOnItsOwn() {
        assertThat(OWN.statementsFor("x y"))
                .containsExactly(
                        "ALTER DATABASE \"x y\" OWNER TO \"Owner\"",
                        "ALTER DATABASE \"x y\" CONNECTION LIMIT -1",
                        "COMMENT ON DATABASE \"x y\" IS 'it''s'",
                        "REVOKE ALL ON DATABASE \"x y\" FROM PUBLIC",
                        "REVOKE ALL ON DATABASE \"x y\" FROM \"Owner\"",
                        "GRANT CONNECT ON DATABASE \"x y\" TO \"app\" WITH GRANT OPTION",
                        "ALTER DATABASE \"x y\" SET \"search_path\" TO '$user', 'a,\"b', 'c'");
    }

    @Test
    void namesWhatDiffers() {
        var other = new DatabaseSettings("me", 5, Optional.empty(), false, Set.of(), Set.of());

        assertThat(OWN.differencesTo(OWN)).isEmpty();
        assertThat(OWN.differencesTo(other))
                .containsExactly(
                        "owner Owner against me",
                        "connection limit or comment",
                        "rights [CONNECT to app] against []",
                        "settings [search_path] against []");
    }
}
