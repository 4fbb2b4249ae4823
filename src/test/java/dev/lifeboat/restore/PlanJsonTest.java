package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class PlanJsonTest {
    @Test
    void readsBackThePlanItWrote() throws Exception {
        PhysicalPlan plan = Plans.physical();

        RestorePlan read = PlanJson.read(PlanJson.write(plan), "p.json");

        assertThat(read).isEqualTo(plan);
        assertThat(PlanJson.digest(read)).isEqualTo(PlanJson.digest(plan));
    }

    @Test
    void readsBackThePlanOfADump() throws Exception {
        LogicalPlan plan = Plans.logical();

        RestorePlan read = PlanJson.read(PlanJson.write(plan), "p.json");

        assertThat(read).isEqualTo(plan);
        assertThat(PlanJson.digest(read)).isEqualTo(PlanJson.digest(plan));
    }

    @Test
    void refusesAPlanAlteredAfterReview() {
        String altered =
                new String(PlanJson.write(Plans.physical()), StandardCharsets.UTF_8)
                        .replace("\"port\" : 5433", "\"port\" : 5434");

        assertThatThrownBy(() -> PlanJson.read(altered.getBytes(StandardCharsets.UTF_8), "p.json"))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.PLAN_OUTDATED));
    }

    @Test
    void refusesAPlanOfAKindItDoesNotKnow() {
        String foreign =
                new String(PlanJson.write(Plans.physical()), StandardCharsets.UTF_8)
                        .replace("\"kind\" : \"physical\"", "\"kind\" : \"magical\"");

        assertThatThrownBy(() -> PlanJson.read(foreign.getBytes(StandardCharsets.UTF_8), "p.json"))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.PLAN_OUTDATED));
    }

    @Test
    void refusesWhatIsNoPlan() {
        assertThatThrownBy(() -> PlanJson.read("hello".getBytes(StandardCharsets.UTF_8), "p.json"))
                .isInstanceOf(RecoveryException.class);
    }
}
