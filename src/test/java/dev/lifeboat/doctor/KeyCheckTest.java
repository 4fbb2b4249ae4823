package dev.lifeboat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class KeyCheckTest {
    private static final Problem ANOTHER_KEY =
            new Problem(
                    ProblemCode.KEY_WRONG,
                    "The backup was made with another key.",
                    "Its fingerprint is 00ff.",
                    "Set the key with that fingerprint.");

    @Test
    void aKeyThatIsKnownToBeAnotherFails() {
        Finding finding = KeyCheck.opened("key in dr", entry(false, Optional.of(ANOTHER_KEY)));

        assertThat(finding.state()).isEqualTo(Finding.State.FAILURE);
        assertThat(finding.seen()).isEqualTo(ANOTHER_KEY.what() + " " + ANOTHER_KEY.why());
        assertThat(finding.remedy()).isEqualTo(ANOTHER_KEY.remedy());
    }

    @Test
    void whatNobodyTriedIsAWarningAndWhatOpenedIsWell() {
        assertThat(KeyCheck.opened("key in dr", entry(false, Optional.empty())).state())
                .isEqualTo(Finding.State.WARNING);
        assertThat(KeyCheck.opened("key in dr", entry(true, Optional.empty())).state())
                .isEqualTo(Finding.State.OK);
    }

    private static CatalogEntry entry(boolean authenticated, Optional<Problem> problem) {
        Instant began = Instant.parse("2026-04-07T02:00:00Z");
        return new CatalogEntry(
                "shop_base_20260407_020000",
                BackupKind.BASE,
                BackupStatus.FINISHED,
                "bases/shop_base_20260407_020000.manifest.json",
                new CatalogEntry.Facts(
                        "abc",
                        Optional.empty(),
                        Optional.of("shop"),
                        began,
                        Optional.of(began.plusSeconds(600)),
                        OptionalLong.empty(),
                        1000,
                        Optional.of("00ff"),
                        "STANDARD",
                        Optional.empty()),
                authenticated,
                Map.of(),
                true,
                Optional.empty(),
                problem);
    }
}
