package dev.lifeboat.cli;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;

import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.List;
import java.util.stream.Collectors;

/** Words on the command line that Lifeboat cannot follow. */
final class Usage {
    private Usage() {}

    static Problem problem(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        return new Problem(
                ProblemCode.USAGE,
                sentence(withoutPasswords(String.valueOf(wrong.getMessage()))),
                why(wrong, command),
                "See what it takes: " + command + " --help.");
    }

    private static String why(ParameterException wrong, String command) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                return near.stream().collect(Collectors.joining(", ", "Near to it: ", "."));
            }
        }
        return "'" + command + "' does not take these words.";
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** An address typed in the wrong place may carry a password. */
    static String withoutPasswords(String text) {
        return text.replaceAll("://[^@/\\s]*:[^@\\s]*@", "://***@")
                .replaceAll("(?i)(password\\s*=\\s*)('[^']*'|\\S+)", "$1***");
    }
}
