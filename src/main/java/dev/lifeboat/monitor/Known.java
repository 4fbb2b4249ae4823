package dev.lifeboat.monitor;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Optional;
import java.util.function.Function;

/**
 * What was found out, or why it could not be; never neither.
 *
 * @param value empty exactly when there is a problem
 */
public record Known<T>(Optional<T> value, Optional<Problem> problem) {
    public Known {
        if (value.isPresent() == problem.isPresent()) {
            throw new IllegalArgumentException("either a value or a problem");
        }
    }

    /** Something that may fail to be found out. */
    public interface Question<T> {
        T answer() throws RecoveryException;
    }

    public static <T> Known<T> of(T value) {
        return new Known<>(Optional.of(value), Optional.empty());
    }

    public static <T> Known<T> not(Problem why) {
        return new Known<>(Optional.empty(), Optional.of(why));
    }

    /**
     * Asks; what goes wrong is kept as the answer.
     *
     * @throws CancelledException when the asking was stopped
     */
    public static <T> Known<T> ask(Question<T> question) throws CancelledException {
        try {
            return of(question.answer());
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException failed) {
            return not(failed.problem());
        }
    }

    /** The same question put to what is known. */
    public <R> Optional<R> map(Function<T, R> use) {
        return value.map(use);
    }
}
