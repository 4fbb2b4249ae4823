package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

class RestorePlaceTest {
    private static final Instant NOW = Instant.parse("2026-04-07T14:30:00Z");
    private final Host host = new LocalHost();
    @TempDir private Path dir;
    private Path home;
    private Path live;

    @BeforeEach
    void haveADatabaseAlready() throws Exception {
        home = dir.resolve("home");
        Files.createDirectories(home.resolve("restores/earlier"));
        live = dir.resolve("postgresql/15/main");
        Files.createDirectories(live.resolve("base"));
        Files.createDirectories(live.resolve("global"));
        Files.writeString(live.resolve("PG_VERSION"), "15\n");
    }

    @Test
    void aNewDirectoryNeedsNoConfirmation() throws Exception {
        RestorePlace place = place(dir.resolve("new/data"));

        assertThat(place.dataDirectory()).isEqualTo(dir.resolve("new/data"));
        assertThat(place.confirm()).isEmpty();
    }

    @Test
    void aDataDirectoryItselfIsMovedAsideOnceItsNameWasTyped() throws Exception {
        RestorePlace place = place(live);

        assertThat(place.renamedTo()).contains(live.resolveSibling("main_before_20260407_143000"));
        assertThat(place.confirm()).contains(live.toString());
    }

    @Test
    void nothingIsPutAmongTheFilesOfADatabase() {
        refused(live.resolve("base/x"), "inside a data directory");
        refused(live.resolve("new/deeper/data"), "inside a data directory");
    }

    @Test
    void aLinkIntoADatabaseLeadsThereToo() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("link"), live.resolve("base"));

        refused(link.resolve("x"), "inside a data directory");
    }

    @Test
    void noDirectoryIsMovedAsideThatHoldsADatabase() {
        refused(dir.resolve("postgresql/15"), live.toString());
        refused(dir.resolve("postgresql"), live.toString());
    }

    @Test
    void theJournalsOfRestoresAreNotMovedAside() {
        refused(home, "the journals");
        refused(home.resolve("restores"), "the journals");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefusedBeforeAnythingIsFetched() throws Exception {
        Path closed = Files.createDirectory(dir.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));

        refused(
                asSomebodyWhoIsNotRoot(),
                closed.resolve("new/data"),
                ProblemCode.TARGET_NOT_WRITABLE,
                closed.toString());
    }

    /** Root may write everywhere. */
    private Host asSomebodyWhoIsNotRoot() throws RecoveryException {
        if (!host.currentUser().isRoot()) {
            return host;
        }
        OsUser nobody = host.user("nobody");
        return (Host)
                Proxy.newProxyInstance(
                        Host.class.getClassLoader(),
                        new Class<?>[] {Host.class},
                        (_, method, arguments) ->
                                method.getName().equals("currentUser")
                                        ? nobody
                                        : method.invoke(host, arguments));
    }

    private RestorePlace place(Path into) throws RecoveryException {
        return RestorePlace.of(host, home, "shop", Optional.of(into), NOW);
    }

    private void refused(Path into, String text) {
        refused(host, into, ProblemCode.TARGET_IN_USE, text);
    }

    private void refused(Host by, Path into, ProblemCode code, String text) {
        assertThatThrownBy(() -> RestorePlace.of(by, home, "shop", Optional.of(into), NOW))
                .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                .satisfies(
                        refused -> {
                            assertThat(refused.code()).isEqualTo(code);
                            assertThat(refused.problem().what() + refused.problem().why())
                                    .contains(text);
                        });
    }
}
