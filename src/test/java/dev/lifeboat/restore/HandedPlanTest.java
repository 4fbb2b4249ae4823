package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.host.LocalHost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class HandedPlanTest {
    @TempDir private Path home;

    @Test
    void liesInTheFolderOfItsRestoreForThisUserAlone() throws Exception {
        Path file = hand();

        assertThat(file).hasParent(folder().path());
        assertThat(PlanJson.read(Files.readAllBytes(file), "")).isEqualTo(Plans.physical());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(RestoreView.list(home, new LocalHost())).isEmpty();
    }

    @Test
    void isOneHoweverOftenItIsHandedOver() throws Exception {
        hand();
        hand();

        try (var files = Files.list(folder().path())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void isGoneOnceItWasTaken() throws Exception {
        Path file = hand();

        HandedPlan.taken(file, folder());

        assertThat(file).doesNotExist();
    }

    @Test
    void whatAPersonSavedStays() throws Exception {
        Path saved = home.resolve("plan.json");
        Files.write(saved, PlanJson.write(Plans.physical()));

        HandedPlan.taken(saved, folder());

        assertThat(saved).exists();
    }

    private Path hand() throws Exception {
        return HandedPlan.write(folder(), Plans.physical(), new LocalHost());
    }

    private RestoreFolder folder() {
        return RestoreFolder.of(home, Plans.physical().id());
    }
}
