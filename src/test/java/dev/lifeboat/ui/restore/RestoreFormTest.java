package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetAction;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.RestoreIntent;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class RestoreFormTest {
    private final RestoreForm form = new RestoreForm();

    @Test
    void aChosenDumpGoesIntoTheDatabase() {
        form.take(RestoreIntent.from("shop_full_20260407_020000"));

        assertThat(form.wish().orElseThrow().words())
                .containsExactly("restore", "shop_full_20260407_020000", "--region", "auto");
    }

    @Test
    void aChosenBaseBringsAClusterToItsEnd() {
        form.take(RestoreIntent.from("shop_base_20260407_020000"));

        assertThat(form.wish().orElseThrow().words())
                .containsSequence("restore", "shop_base_20260407_020000", "--target", "immediate");
    }

    @Test
    void aTargetAfterADumpIsAClusterAgain() {
        form.take(RestoreIntent.from("shop_full_20260407_020000"));
        form.take(
                RestoreIntent.to(
                        new RecoveryTarget(TargetKind.LATEST, "", true, Optional.empty())));

        assertThat(form.wish().orElseThrow()).isInstanceOf(Wish.Cluster.class);
    }

    @Test
    void aBaseIsNotPutIntoADatabase() {
        form.dumpProperty().set(true);
        form.backupProperty().set("shop_base_20260407_020000");

        assertThat(form.wish()).isEmpty();
        assertThat(form.getProblem().code()).isEqualTo(ProblemCode.USAGE);
    }

    @Test
    void whatWasChosenElsewhereTakesNothingOverFromAnEarlierForm() {
        form.regionProperty().set("dr");
        form.actionProperty().set(TargetAction.SHUTDOWN);
        form.directoryProperty().set("/srv/other");
        form.portProperty().set("5499");

        form.take(
                RestoreIntent.to(
                        new RecoveryTarget(TargetKind.LSN, "0/5000200", false, Optional.empty())));

        assertThat(form.wish().orElseThrow().words())
                .containsExactly(
                        "restore",
                        "latest",
                        "--target-lsn",
                        "0/5000200",
                        "--exclusive",
                        "--action",
                        "pause",
                        "--region",
                        "auto");
    }

    @Test
    void nothingIsLeftOutOfTheEndOrOfARestorePoint() {
        form.exclusiveProperty().set(true);
        form.kindProperty().set(TargetKind.LATEST);
        assertThat(form.mayExclude()).isFalse();
        assertThat(form.wish().orElseThrow().words()).doesNotContain("--exclusive");

        form.kindProperty().set(TargetKind.NAME);
        form.valueProperty().set("before_release");
        assertThat(form.mayExclude()).isFalse();
        assertThat(form.wish().orElseThrow().words()).doesNotContain("--exclusive");
    }

    @Test
    void aPortThatIsNoneStopsThePlan() {
        form.portProperty().set("70000");
        assertThat(form.wish()).isEmpty();

        form.portProperty().set("5499");
        assertThat(form.wish().orElseThrow().words()).containsSequence("--port", "5499");
        assertThat(form.getProblem()).isNull();
    }
}
