package dev.lifeboat.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.Map;
import java.util.concurrent.Callable;

/** {@code completion}: the script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Prints the script that lets bash or zsh complete commands and options.",
        footer = {
            "",
            "For this shell:   source <(lifeboat completion)",
            "For every shell:  lifeboat completion \\",
            "                    > ~/.local/share/bash-completion/completions/lifeboat"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Session session;
    @Spec private CommandSpec spec;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("lifeboat", spec.root().commandLine());
        session.output().result(Map.of("script", script), script::stripTrailing);
        return 0;
    }
}
