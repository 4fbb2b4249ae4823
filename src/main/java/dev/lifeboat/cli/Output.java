package dev.lifeboat.cli;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Progress;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a command's words go: results to stdout, as text or as JSON, and talk to stderr. Safe for
 * use by many threads.
 */
public final class Output {
    private final PrintStream stdout;
    private final Talk talk;
    private final Colours colours;
    private final boolean json;

    Output(Surroundings surroundings, boolean json) {
        this.stdout = surroundings.stdout();
        this.talk =
                new Talk(surroundings.stderr(), surroundings.drawable(), surroundings.columns());
        this.colours = new Colours(surroundings.coloured(2));
        this.json = json;
    }

    /** Whether programs read stdout: then every line of it is JSON. */
    public boolean json() {
        return json;
    }

    /**
     * The result of a command: one JSON document, or the text.
     *
     * @param document a record, map or list; its fields are what {@code cli.md} publishes
     * @param text the same for people, without a line end; asked for only when it is shown
     */
    public void result(Object document, Supplier<String> text) {
        synchronized (stdout) {
            stdout.println(json ? Json.document(document) : text.get());
            stdout.flush();
        }
    }

    /** One fact of a running job: a JSON line at once; without {@code --json} nothing. */
    public void event(Object event) {
        if (json) {
            synchronized (stdout) {
                stdout.println(Json.line(event));
                stdout.flush();
            }
        }
    }

    /** A line for people, on stderr. */
    public void say(String line) {
        talk.line(line);
    }

    /** What stopped the command: three sentences on stderr, and with {@code --json} on stdout. */
    public void problem(Problem problem) {
        talk(problem);
        event(Map.of("problem", problem));
    }

    /** The same for people alone: the command has its own way of telling programs. */
    void talk(Problem problem) {
        talk.line(colours.problem("lifeboat: " + problem.what()));
        talk.line("  " + problem.why());
        talk.line("  " + problem.remedy());
    }

    /**
     * Shows how far work has come until it is closed: a bar that is redrawn ten times a second on a
     * terminal, else a plain line every ten seconds.
     *
     * @param what the work, one or two words: {@code fetch base}
     */
    public TerminalProgress watch(String what, Progress progress, ProgressUnit unit) {
        return TerminalProgress.start(what, progress, unit, talk);
    }
}
