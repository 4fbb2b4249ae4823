package dev.lifeboat.backup;

import dev.lifeboat.catalog.configuration.ConfigFiles;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostProcess;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keeps the configuration files in a git folder, one commit for each backup that changed something.
 * Passwords in connection strings are left out of it: what lies in git is read by many.
 */
final class ConfigGit {
    private static final Pattern PASSWORD =
            Pattern.compile(
                    "(password\\s*=\\s*)('(?:[^'\\\\]|\\\\.|'')*'|[^\\s'\"]+)|(://[^:/@\\s]+:)[^@\\s]+(?=@)",
                    Pattern.CASE_INSENSITIVE);

    private final Host host;
    private final Path folder;
    private final CancelToken cancel;

    ConfigGit(Host host, Path folder, CancelToken cancel) {
        this.host = host;
        this.folder = folder;
        this.cancel = cancel;
    }

    /**
     * Writes the files below the folder, by their path, and commits what changed.
     *
     * @return whether something had changed
     * @throws RecoveryException PROGRAM_MISSING without git, PROGRAM_FAILED with what it said,
     *     HOST_FAILURE when the folder cannot be written
     */
    boolean commit(ConfigFiles files, String message) throws RecoveryException {
        if (!Files.isDirectory(folder.resolve(".git"))) {
            write(folder, null);
            git("init", "--quiet");
        }
        List<String> names = new ArrayList<>();
        for (String path : files.paths()) {
            String name = path.substring(1);
            names.add(name);
            write(folder.resolve(name), withoutPasswords(files.text(path)));
        }
        List<String> add = new ArrayList<>(List.of("add", "--"));
        add.addAll(names);
        git(add.toArray(String[]::new));
        List<String> status = new ArrayList<>(List.of("status", "--porcelain", "--"));
        status.addAll(names);
        if (git(status.toArray(String[]::new)).isBlank()) {
            return false;
        }
        List<String> commit =
                new ArrayList<>(List.of("commit", "--quiet", "--message", message, "--"));
        commit.addAll(names);
        git(commit.toArray(String[]::new));
        return true;
    }

    static String withoutPasswords(String text) {
        return PASSWORD.matcher(text)
                .replaceAll(match -> match.group(1) != null ? "$1***" : "$3***");
    }

    /** A directory when there is no text. */
    private static void write(Path path, String text) throws RecoveryException {
        try {
            if (text == null) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                Files.writeString(path, text);
            }
        } catch (IOException refused) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The configuration cannot be written to " + path + ".",
                    "The system answered: " + refused.getMessage() + ".",
                    "Let this user write there, or set BACKUP_CONFIG_GIT to another folder.",
                    refused);
        }
    }

    private String git(String... arguments) throws RecoveryException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "git",
                                "-c",
                                "user.name=lifeboat",
                                "-c",
                                "user.email=lifeboat@" + host.name()));
        command.addAll(List.of(arguments));
        HostProcess process =
                host.processes()
                        .start(ProcessSpec.of(command).in(folder).with(Map.of("LC_ALL", "C")));
        try (var _ = cancel.onCancel(process::terminate);
                var out = process.stdout();
                var err = process.stderr()) {
            String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            String said = new String(err.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor(cancel) != 0) {
                throw failed(arguments[0], said.isEmpty() ? printed.strip() : said);
            }
            return printed;
        } catch (IOException broken) {
            throw failed(arguments[0], broken.getMessage());
        }
    }

    private RecoveryException failed(String what, String said) {
        return new RecoveryException(
                ProblemCode.PROGRAM_FAILED,
                "git " + what + " failed in " + folder + ".",
                "It said: " + said,
                "Look at that folder; the backup in the bucket is complete all the same.");
    }
}
