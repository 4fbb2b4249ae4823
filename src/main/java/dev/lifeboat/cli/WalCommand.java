package dev.lifeboat.cli;

import picocli.CommandLine.Command;

/** {@code wal}: the archive of the write-ahead log. */
@Command(
        name = "wal",
        description = "Archives WAL and gives it back; finds in it what hurt.",
        subcommands = {
            WalPushCommand.class,
            WalFetchCommand.class,
            WalFindCommand.class,
            WalIndexCommand.class,
            WalResidentCommand.class,
            WalSalvageCommand.class
        })
final class WalCommand extends CommandGroup {}
