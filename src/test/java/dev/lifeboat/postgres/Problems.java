package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on the problem that stops a piece of work. */
final class Problems {
    private Problems() {}

    static AbstractObjectAssert<?, Problem> assertProblem(ProblemCode code, ThrowingCallable work) {
        return assertThatThrownBy(work)
                .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                .returns(code, RecoveryException::code)
                .extracting(RecoveryException::problem);
    }
}
