package dev.lifeboat.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Optional;

class ConsoleWishTest {
    @Test
    void isTheWishOfNoCommandAtAll() {
        assertThat(ConsoleWish.of()).contains(new ConsoleWish(Optional.empty(), Optional.empty()));
        assertThat(ConsoleWish.of("--profile", "prod"))
                .contains(new ConsoleWish(Optional.of("prod"), Optional.empty()));
        assertThat(ConsoleWish.of("--profile=prod"))
                .contains(new ConsoleWish(Optional.of("prod"), Optional.empty()));
        assertThat(ConsoleWish.of("--pictures", "out", "--profile", "prod"))
                .contains(new ConsoleWish(Optional.of("prod"), Optional.of(Path.of("out"))));
    }

    @Test
    void leavesEverythingElseToTheCommandLine() {
        assertThat(ConsoleWish.of("catalog")).isEmpty();
        assertThat(ConsoleWish.of("--help")).isEmpty();
        assertThat(ConsoleWish.of("--profile")).isEmpty();
        assertThat(ConsoleWish.of("--profile", "prod", "catalog")).isEmpty();
    }
}
