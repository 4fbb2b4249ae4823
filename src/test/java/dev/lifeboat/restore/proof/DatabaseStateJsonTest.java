package dev.lifeboat.restore.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class DatabaseStateJsonTest {
    private static final DatabaseState STATE =
            new DatabaseState(
                    "shop",
                    Instant.parse("2026-04-07T03:05:00Z"),
                    "15.18",
                    OptionalLong.of(4_400_000_000L),
                    List.of(
                            new DatabaseState.Table(
                                    "public.orders",
                                    OptionalLong.of(81_377),
                                    true,
                                    2_100,
                                    Optional.of("2026-04-07 02:41:09.12+00")),
                            new DatabaseState.Table(
                                    "public.secret",
                                    OptionalLong.empty(),
                                    false,
                                    9,
                                    Optional.empty())),
                    3,
                    Map.of("pgcrypto", "1.3"));

    @Test
    void comesBackAsItWasWritten() throws Exception {
        String written = new String(DatabaseStateJson.write(STATE), StandardCharsets.UTF_8);

        assertThat(DatabaseStateJson.read(written, "f")).isEqualTo(STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"tables\":[{}],\"extensions\":{}}"})
    void somethingElseIsToldAndNotGuessedFrom(String content) {
        assertThatThrownBy(() -> DatabaseStateJson.read(content, "f"))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("f");
    }
}
