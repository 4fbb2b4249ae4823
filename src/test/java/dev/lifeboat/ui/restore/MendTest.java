package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.Plans;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.OptionalInt;

class MendTest {
    private static CheckItem blocked(String id) {
        return Sights.item(id, CheckItem.State.BLOCKED, "a", "b", "Mend it.", false);
    }

    private static Optional<Mend> of(ProblemCode code, String region, boolean second) {
        var wish = new Wish.Dump(new LogicalRequest("latest", region, OptionalInt.empty()));
        return Mend.of(new Problem(code, "What.", "Why.", "Remedy."), wish, second);
    }

    @Test
    void aTakenPortAndAFullDiskLeadToTheForm() {
        assertThat(Mend.of(blocked("port"), Plans.physical()).orElseThrow().kind())
                .isEqualTo(Mend.Kind.PORT);
        assertThat(Mend.of(blocked("free-space"), Plans.physical()).orElseThrow().kind())
                .isEqualTo(Mend.Kind.DIRECTORY);
    }

    @Test
    void sessionsAreEndedByACommandThatReachesNoOtherDatabase() {
        Mend mend = Mend.of(blocked("database-not-in-use"), Plans.logical()).orElseThrow();

        assertThat(mend.command())
                .startsWith("psql -d postgresql://app@db1:5432/shop -c ")
                .contains("datname = current_database()", "pid <> pg_backend_pid()");
    }

    @Test
    void nothingIsOfferedForWhatHoldsOrIsHumanOrCannotBeMendedHere() {
        var ok = Sights.item("port", CheckItem.State.OK, "a", "a", "", false);

        assertThat(Mend.of(ok, Plans.physical())).isEmpty();
        assertThat(Mend.of(Sights.human("port", "n", "r"), Plans.physical())).isEmpty();
        assertThat(Mend.of(blocked("encryption-key"), Plans.physical())).isEmpty();
    }

    @Test
    void whatOneRegionLacksIsTakenFromBoth() {
        assertThat(of(ProblemCode.TARGET_IN_GAP, "primary", true).orElseThrow().kind())
                .isEqualTo(Mend.Kind.BOTH_REGIONS);
        assertThat(of(ProblemCode.TARGET_IN_GAP, "auto", true)).isEmpty();
        assertThat(of(ProblemCode.TARGET_IN_GAP, "primary", false)).isEmpty();
    }

    @Test
    void aRegionThatDoesNotAnswerIsLeftOut() {
        assertThat(of(ProblemCode.STORAGE_UNREACHABLE, "auto", true).orElseThrow().kind())
                .isEqualTo(Mend.Kind.DR_ALONE);
        assertThat(of(ProblemCode.STORAGE_UNREACHABLE, "auto", false).orElseThrow().command())
                .isEqualTo("lifeboat doctor");
    }

    @Test
    void credentialsAreRenewedByACommand() {
        assertThat(of(ProblemCode.CREDENTIALS_EXPIRED, "auto", false).orElseThrow().command())
                .isEqualTo("aws sso login");
    }

    @Test
    void whatTheRunbookShootsTroubleWithIsACommand() {
        assertThat(of(ProblemCode.KEY_WRONG, "auto", true).orElseThrow().command())
                .isEqualTo("lifeboat key list");
        assertThat(of(ProblemCode.CREDENTIALS_REFUSED, "auto", true).orElseThrow().command())
                .isEqualTo("aws sts get-caller-identity");
        assertThat(of(ProblemCode.ACCESS_DENIED, "auto", false).orElseThrow().command())
                .isEqualTo("lifeboat doctor");
        assertThat(of(ProblemCode.CLOCK_SKEWED, "auto", false).orElseThrow().command())
                .isEqualTo("timedatectl set-ntp true");
    }
}
