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

    /**
     * Starts a command and follows it to its end.
     *
     * @param title what it does, for people
     * @param onEnd takes its end, whatever its exit code
     * @param onFailure takes why it could not be started
     */
    public void start(
            String title,
            List<String> arguments,
            Consumer<Ended> onEnd,
            Consumer<Problem> onFailure) {
        tasks.run(
                _ -> commands.start(arguments),
                command -> follow(new Job(title, command), onEnd, onFailure),
                onFailure);
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
