package dev.lifeboat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

class UnexpectedTest {
    @Test
    void tellsClassAndPlaceButNeverTheMessage() {
        var cause = new IllegalArgumentException("postgresql://u:hunter2@h");
        var problem = Unexpected.problem(new IllegalStateException("key hunter2", cause));

        assertThat(problem.code()).isEqualTo(ProblemCode.UNEXPECTED);
        assertThat(problem.what())
                .contains("java.lang.IllegalStateException")
                .containsPattern("fingerprint [0-9a-f]{8}\\.");
        assertThat(problem.why())
                .contains(
                        "dev.lifeboat.engine.UnexpectedTest.tellsClassAndPlaceButNeverTheMessage");
        assertThat(problem.toString()).doesNotContain("hunter2");
    }

    @Test
    void givesTheSameFaultTheSameFingerprint() {
        assertThat(Unexpected.fingerprint(fault("one")))
                .isEqualTo(Unexpected.fingerprint(fault("two")));
        assertThat(Unexpected.fingerprint(fault("one")))
                .isNotEqualTo(Unexpected.fingerprint(new IllegalStateException("one")));
    }

    private static IllegalStateException fault(String message) {
        return new IllegalStateException(message);
    }

    @Test
    void bearsCausesThatGoRoundInACircle() {
        var first = new IllegalStateException();
        var second = new IllegalStateException(first);
        first.initCause(second);

        assertThat(Unexpected.fingerprint(second)).hasSize(8);
    }
}
