package dev.lifeboat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;

class DirectoriesTest {
    private static final Directories.User SRE =
            new Directories.User("Linux", "sre", Path.of("/home/sre"));
    private static final Directories.User ROOT =
            new Directories.User("Linux", "root", Path.of("/root"));

    @Test
    void followXdgOnLinux() {
        assertThat(Directories.of(Map.of(), SRE))
                .isEqualTo(
                        new Directories(
                                Path.of("/home/sre/.local/state/lifeboat"),
                                Path.of("/home/sre/.cache/lifeboat"),
                                Path.of("/home/sre/.config/lifeboat")));
        assertThat(
                        Directories.of(
                                Map.of(
                                        "XDG_STATE_HOME", "/s",
                                        "XDG_CACHE_HOME", "/c",
                                        "XDG_CONFIG_HOME", "/f"),
                                SRE))
                .isEqualTo(
                        new Directories(
                                Path.of("/s/lifeboat"),
                                Path.of("/c/lifeboat"),
                                Path.of("/f/lifeboat")));
    }

    @Test
    void ignoreRelativeXdgPaths() {
        assertThat(Directories.of(Map.of("XDG_STATE_HOME", "state"), SRE).home())
                .isEqualTo(Path.of("/home/sre/.local/state/lifeboat"));
    }

    @Test
    void areReachableForOtherUsersWhenRootWorks() {
        assertThat(Directories.of(Map.of(), ROOT).home()).isEqualTo(Path.of("/var/lib/lifeboat"));
        assertThat(Directories.of(Map.of("XDG_STATE_HOME", "/s"), ROOT).home())
                .isEqualTo(Path.of("/s/lifeboat"));
    }

    @Test
    void obeyLifeboatHomeBeforeAll() {
        Directories directories =
                Directories.of(Map.of("LIFEBOAT_HOME", "/boat", "XDG_STATE_HOME", "/s"), ROOT);

        assertThat(directories.home()).isEqualTo(Path.of("/boat"));
        assertThat(directories.cache()).isEqualTo(Path.of("/boat/cache"));
        assertThat(directories.config()).isEqualTo(Path.of("/root/.config/lifeboat"));
    }

    @Test
    void makeARelativeLifeboatHomeAbsolute() {
        assertThat(Directories.of(Map.of("LIFEBOAT_HOME", "boat"), SRE).home()).isAbsolute();
    }

    @Test
    void followMacOsAndWindows() {
        var mac = new Directories.User("Mac OS X", "sre", Path.of("/Users/sre"));
        var windows = new Directories.User("Windows 11", "sre", Path.of("/c/Users/sre"));

        assertThat(Directories.of(Map.of(), mac).home())
                .isEqualTo(Path.of("/Users/sre/Library/Application Support/lifeboat"));
        assertThat(Directories.of(Map.of("LOCALAPPDATA", "/c/local"), windows).home())
                .isEqualTo(Path.of("/c/local/lifeboat"));
        assertThat(Directories.of(Map.of(), windows).config())
                .isEqualTo(Path.of("/c/Users/sre/AppData/Roaming/lifeboat"));
    }
}
