package dev.lifeboat.cli;

import dev.lifeboat.kernel.RecoveryException;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** A command that does nothing without one of its subcommands. */
abstract class CommandGroup implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws RecoveryException {
        throw new ParameterException(
                spec.commandLine(),
                spec.qualifiedName()
                        + " needs one of: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
