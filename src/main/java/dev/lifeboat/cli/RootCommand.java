package dev.lifeboat.cli;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

import java.util.Optional;

/** {@code lifeboat} itself: the options of every command, and the commands. */
@Command(
        name = "lifeboat",
        description =
                "Brings a PostgreSQL database back from its backups in S3: to a backup, or to a moment.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions of every command:%n",
        subcommands = {
            BackupCommand.class,
            WalCommand.class,
            DemoCommand.class,
            CatalogCommand.class,
            TimelineCommand.class,
            CheckCommand.class,
            RestoreCommand.class,
            RestoresCommand.class,
            RescueCommand.class,
            VerifyCommand.class,
            ReplicateCommand.class,
            CleanupCommand.class,
            HoldCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            HealthCommand.class,
            MonitorCommand.class,
            KeyCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Without a command the window opens, on the cluster of --profile where it is given.",
            "",
            "Settings come from a profile (--profile, LIFEBOAT_PROFILE) or from the environment:"
                    + " DATABASE_URL, BACKUP_BUCKET, BACKUP_ENCRYPTION_KEY and their like."
                    + " docs/profiles.md has them all.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a check did not hold, 4 the target"
                    + " cannot be reached, 5 refused for safety, 6 key or credentials, 7 storage"
                    + " unreachable, 8 interrupted."
        })
final class RootCommand extends CommandGroup implements GlobalOptions {
    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Write results to stdout as JSON; talk stays on stderr.")
    private boolean json;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The cluster of profiles.yaml to work on; it wins over the environment.")
    private String profile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show what a command does and takes.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            description = "Show the version.")
    private boolean version;

    /** {@code lifeboat} alone. */
    @Override
    public Integer call() throws RecoveryException {
        throw new RecoveryException(
                ProblemCode.USAGE,
                "No command was given.",
                "The window opens when nothing but --profile is given.",
                "See them: lifeboat --help.");
    }

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public Optional<String> profile() {
        return Optional.ofNullable(profile);
    }

    boolean helpAsked() {
        return help;
    }

    boolean versionAsked() {
        return version;
    }
}
