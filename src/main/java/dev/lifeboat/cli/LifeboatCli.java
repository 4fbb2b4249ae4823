package dev.lifeboat.cli;

import dev.lifeboat.engine.Unexpected;
import dev.lifeboat.engine.Version;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;

/** Runs one command line, from its words to its exit code. */
public final class LifeboatCli {
    private final Surroundings surroundings;
    private final RootCommand root = new RootCommand();
    private final Session session;

    public LifeboatCli(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.session = new Session(surroundings, root);
    }

    private CommandLine commandLine() {
        var line = new CommandLine(root, new CommandFactory(session));
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(Math.clamp(surroundings.columns(), 60, 120));
        return line;
    }

    /**
     * Parses, runs, reports. Every problem is told on stderr, and with {@code --json} on stdout.
     */
    public Outcome run(String... arguments) {
        try {
            Outcome outcome = ran(arguments);
            refuseLostResult();
            return outcome;
        } catch (ParameterException wrong) {
            return stopped(arguments, Usage.problem(wrong));
        } catch (RecoveryException stopped) {
            return stopped(arguments, stopped.problem());
        } catch (Throwable unexpected) {
            return stopped(arguments, Unexpected.problem(unexpected));
        }
    }

    /** Reports why the console cannot be opened, as a command's problem is. */
    public Outcome tell(Problem problem, String... arguments) {
        return stopped(arguments, problem);
    }

    private Outcome ran(String... arguments) throws Exception {
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            return version(); // before the parser is loaded: that takes longer than all the rest
        }
        ParseResult parsed = commandLine().parseArgs(arguments);
        CommandLine asked = deepest(parsed);
        if (root.helpAsked()) {
            surroundings.stdout().print(asked.getUsageMessage(ansi()));
            surroundings.stdout().flush();
            return new Outcome(0, false);
        }
        if (root.versionAsked()) {
            return version();
        }
        Object command = asked.getCommand();
        if (command instanceof Callable<?> callable && callable.call() instanceof Integer code) {
            return new Outcome(code, true);
        }
        throw new IllegalStateException(command.getClass() + " is no command");
    }

    private Outcome version() {
        session.output()
                .result(Map.of("version", Version.text()), () -> "lifeboat " + Version.text());
        return new Outcome(0, false);
    }

    /** A result that could not be written (a full disk) was not given. */
    private void refuseLostResult() throws RecoveryException {
        if (surroundings.stdout().checkError()) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The command ran, and its result could not be written to stdout.",
                    "The file is on a full disk, or the program that reads it has gone.",
                    "Make room, or send stdout elsewhere, and run the command again.");
        }
    }

    private static CommandLine deepest(ParseResult parsed) {
        ParseResult deepest = parsed;
        while (deepest.hasSubcommand()) {
            deepest = deepest.subcommand();
        }
        return deepest.commandSpec().commandLine();
    }

    /** Words that could not be parsed may still ask for JSON. */
    private Outcome stopped(String[] arguments, Problem problem) {
        boolean json = root.json() || Arrays.asList(arguments).contains("--json");
        new Output(surroundings, json).problem(problem);
        return new Outcome(problem.code().exitCode(), false);
    }

    private Ansi ansi() {
        return surroundings.coloured(1) ? Ansi.ON : Ansi.OFF;
    }
}
