package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.Problem;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The commands that the window started and follows. Foreground only. */
public final class Jobs {
    private final Commands commands;
    private final TaskRunner tasks;
    private final ObservableList<Order> orders = FXCollections.observableArrayList();
    private final ObservableList<Job> running = FXCollections.observableArrayList();

    public Jobs(Commands commands, TaskRunner tasks) {
        this.commands = commands;
        this.tasks = tasks;
    }

    /**
     * How a command ended.
     *
     * @param exitCode as published
     * @param results the lines of its stdout: JSON
     * @param talk the lines of its stderr: for people
     */
    public record Ended(String twin, int exitCode, List<String> results, List<String> talk) {
        public Ended {
            results = List.copyOf(results);
            talk = List.copyOf(talk);
        }
    }

    /** Those that run now, the newest last. */
    public ObservableList<Job> running() {
        return running;
    }

    /** What was asked for and is not over, whether it runs yet or not; the newest last. */
    public ObservableList<Order> orders() {
        return orders;
    }

    /** Starts a command that works on no restore, and follows it to its end. */
    public void start(
            String title,
            List<String> arguments,
            Consumer<Ended> onEnd,
            Consumer<Problem> onFailure) {
        start(Order.of(title, arguments), onEnd, onFailure);
    }

    /**
     * Starts a command and follows it to its end.
     *
     * @param onEnd takes its end, whatever its exit code
     * @param onFailure takes why it could not be started
     */
    public void start(Order order, Consumer<Ended> onEnd, Consumer<Problem> onFailure) {
        orders.add(order);
        Consumer<Ended> over =
                ended -> {
                    orders.remove(order);
                    onEnd.accept(ended);
                };
        Consumer<Problem> failed =
                problem -> {
                    orders.remove(order);
                    onFailure.accept(problem);
                };
        tasks.run(
                _ -> commands.start(order.arguments()),
                command -> follow(new Job(order.title(), command), over, failed),
                failed);
    }

    private void follow(Job job, Consumer<Ended> onEnd, Consumer<Problem> onFailure) {
        running.add(job);
        tasks.run(
                cancel -> {
                    List<String> results = new ArrayList<>();
                    int code =
                            job.command()
                                    .follow(
                                            results::add,
                                            line -> tasks.inForeground(() -> job.say(line)),
                                            cancel);
                    return new Ended(job.command().twin(), code, results, job.command().talk());
                },
                ended -> {
                    running.remove(job);
                    onEnd.accept(ended);
                },
                problem -> {
                    running.remove(job);
                    onFailure.accept(problem);
                });
    }
}
