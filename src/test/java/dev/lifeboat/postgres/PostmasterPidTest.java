package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

class PostmasterPidTest {
    @Test
    void readsEveryLine() {
        var file =
                PostmasterPid.read(
                                List.of(
                                        "4711",
                                        "/data",
                                        "1795446000",
                                        "5433",
                                        "/run/pg",
                                        "127.0.0.1",
                                        "  5432001        65536",
                                        "ready   "))
                        .orElseThrow();

        assertThat(file.pid()).isEqualTo(4711);
        assertThat(file.port()).isEqualTo(5433);
        assertThat(file.socketDirectory()).contains(Path.of("/run/pg"));
        assertThat(file.sharedMemoryId()).hasValue(65536);
        assertThat(ServerState.written(file.status())).isEqualTo(ServerState.READY);
    }

    @Test
    void readsAFileThatIsNotFinished() {
        var file = PostmasterPid.read(List.of("4711", "/data", "1795446000")).orElseThrow();

        assertThat(file.port()).isZero();
        assertThat(file.socketDirectory()).isEmpty();
        assertThat(file.sharedMemoryId()).isEmpty();
        assertThat(ServerState.written(file.status())).isEqualTo(ServerState.STARTING);
    }

    @Test
    void knowsASingleUserBackendByItsNegativeNumber() {
        assertThat(PostmasterPid.read(List.of("-4711")).orElseThrow().pid()).isEqualTo(4711);
    }

    @Test
    void anEmptyFileNamesNobody() {
        assertThat(PostmasterPid.read(List.of())).isEmpty();
        assertThat(PostmasterPid.read(List.of("x"))).isEmpty();
    }
}
