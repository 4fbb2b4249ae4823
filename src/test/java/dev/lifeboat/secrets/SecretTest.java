package dev.lifeboat.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class SecretTest {
    private static final String TEXT = "hunter2 ü €";

    @Test
    void printsAsStarsWhereverItIsPrinted() throws Exception {
        try (var secret = Secret.of(TEXT)) {
            var found = new ResolvedSecret(secret, "BACKUP_ENCRYPTION_KEY", List.of());
            var everything = new ObjectMapper().setVisibility(PropertyAccessor.ALL, Visibility.ANY);

            assertThat(secret).hasToString("***");
            assertThat(found).asString().doesNotContain("hunter2");
            assertThat(new ObjectMapper().writeValueAsString(secret)).isEqualTo("\"***\"");
            assertThat(everything.writeValueAsString(found))
                    .contains("\"***\"")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void cannotBeSerialised() throws Exception {
        try (var secret = Secret.of(TEXT);
                var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(secret))
                    .isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void everyFormGivesTheSameUtf8() {
        byte[] utf8 = TEXT.getBytes(StandardCharsets.UTF_8);

        assertThat(Secret.of(TEXT).copyUtf8()).isEqualTo(utf8);
        assertThat(Secret.of(TEXT.toCharArray()).copyUtf8()).isEqualTo(utf8);
        assertThat(Secret.ofBytes(utf8).copyUtf8()).isEqualTo(utf8);
        assertThat(Secret.of(TEXT).copy().copyUtf8()).isEqualTo(utf8);
    }

    @Test
    void equalsSaysNothingOfTheContent() {
        var one = Secret.of(TEXT);
        var two = Secret.of(TEXT);

        assertThat(one.equals(two)).isFalse();
        assertThat(one.sameAs(two)).isTrue();
        assertThat(one.sameAs(Secret.of("another"))).isFalse();
    }

    @Test
    void closingWipesTheBytes() throws Exception {
        var secret = Secret.of(TEXT);
        var field = Secret.class.getDeclaredField("bytes");
        field.setAccessible(true);
        byte[] held = (byte[]) field.get(secret);

        secret.close();
        secret.close();

        assertThat(held).containsOnly(0);
        assertThat(secret).hasToString("***");
        assertThatThrownBy(secret::copyUtf8).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theCallersArraysStayTheCallers() {
        byte[] bytes = {1, 2, 3};
        var secret = Secret.ofBytes(bytes);

        bytes[0] = 9;
        secret.copyUtf8()[1] = 9;

        assertThat(secret.copyUtf8()).containsExactly(1, 2, 3);
    }
}
