package dev.lifeboat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

class LocalHostTest {
    private final Host host = new LocalHost();

    @Test
    void knowsWhenAPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(host.ports().isFree(taken.getLocalPort())).isFalse();
        }
        assertThat(host.ports().isFree(host.ports().findFree())).isTrue();
    }

    @Test
    void knowsNameUserAndMemory() {
        assertThat(host.name()).isNotBlank();
        assertThat(host.currentUser().name()).isEqualTo(System.getProperty("user.name"));
        assertThat(host.memoryBytes()).isGreaterThan(Runtime.getRuntime().maxMemory() / 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "uid=101(postgres) gid=104(postgres) groups=104(postgres); postgres; 101; 104",
                "uid=5000 gid=0(root) groups=0(root); 5000; 5000; 0",
                "uid=501(ann.smith) gid=20(staff) groups=20(staff),12(all); ann.smith; 501; 20"
            })
    void readsWhatIdPrints(String line, String name, int uid, int gid) {
        assertThat(LocalUsers.read(line)).contains(new OsUser(name, uid, gid));
    }

    @Test
    void refusesUsersThatDoNotExistOrAreOptionsOfAProgram() {
        assertProblem(() -> host.user("nobody-has-this-name"));
        assertProblem(() -> host.user("-u"));
        assertProblem(() -> host.user(""));
    }

    @Test
    void neverRunsServersAsRoot() {
        assumeTrue(host.currentUser().isRoot());

        assertProblem(() -> ServerUser.choose(host, Map.of(ServerUser.VARIABLE, "root")));
        assertProblem(() -> ServerUser.choose(host, Map.of(ServerUser.VARIABLE, "no-such-user")));
    }

    private static void assertProblem(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable choice) {
        assertThatThrownBy(choice)
                .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                .returns(ProblemCode.SETTING_INVALID, RecoveryException::code);
    }
}
