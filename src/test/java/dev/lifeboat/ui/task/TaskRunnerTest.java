package dev.lifeboat.ui.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

class TaskRunnerTest {
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final Queue<Runnable> foreground = new ArrayDeque<>();
    private final TaskRunner tasks = new TaskRunner(background::add, foreground::add);
    private final List<Object> answers = new ArrayList<>();

    @Test
    void answersInTheForegroundOnce() {
        tasks.run(_ -> "found", answers::add, answers::add);

        background.remove().run();
        assertThat(answers).isEmpty();
        foreground.remove().run();

        assertThat(answers).containsExactly("found");
        assertThat(foreground).isEmpty();
    }

    @Test
    void answersAProblemWithWhatStoppedTheWork() {
        var problem = new Problem(ProblemCode.NO_BASE, "No base.", "None was found.", "Take one.");

        tasks.run(
                _ -> {
                    throw new RecoveryException(problem);
                },
                answers::add,
                answers::add);
        finish();

        assertThat(answers).containsExactly(problem);
    }

    @Test
    void answersWhatNobodyForesawWithoutItsMessage() {
        tasks.run(
                _ -> {
                    throw new IllegalStateException("postgresql://user:secret@host");
                },
                answers::add,
                answers::add);
        finish();

        Problem problem = (Problem) answers.getFirst();
        assertThat(problem.code()).isEqualTo(ProblemCode.UNEXPECTED);
        assertThat(problem.toString()).doesNotContain("secret");
    }

    @Test
    void answersNothingOnceItWasCancelled() {
        var running = tasks.run(cancel -> cancel.isCancelled(), answers::add, answers::add);

        background.remove().run();
        running.cancel();
        foreground.remove().run();

        assertThat(answers).isEmpty();
    }

    private void finish() {
        background.remove().run();
        foreground.remove().run();
    }
}
