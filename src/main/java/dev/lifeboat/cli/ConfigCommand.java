package dev.lifeboat.cli;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.configuration.ConfigDiff;
import dev.lifeboat.catalog.configuration.ConfigFiles;
import dev.lifeboat.catalog.configuration.ConfigReading;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code config}: what is in configuration backups. */
@Command(
        name = "config",
        description = "Compares configuration backups, and brings single files back.",
        subcommands = {ConfigCommand.Diff.class, ConfigCommand.Restore.class})
final class ConfigCommand extends CommandGroup {

    private static ConfigFiles read(Engine engine, CatalogListing listing, String id)
            throws RecoveryException {
        Catalog catalog = engine.catalog();
        return new ConfigReading(catalog, engine.backups(), engine.keys())
                .read(catalog.resolve(listing, id, BackupKind.CONFIG).entry());
    }

    /** {@code config diff}. */
    @Command(
            name = "diff",
            description = "Shows what changed from one configuration backup to another.",
            footer = {"", "For example:  lifeboat config diff shop_config_20260401_030000 latest"})
    static final class Diff implements Callable<Integer> {
        private final Session session;

        @Parameters(index = "0", paramLabel = "A", description = "The older backup.")
        private String from;

        @Parameters(index = "1", paramLabel = "B", description = "The newer one, or latest.")
        private String to;

        Diff(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            try (Engine engine = session.engine(RegionChoice.AUTO)) {
                CatalogListing listing = engine.catalog().load(session.cancel());
                ConfigDiff diff =
                        ConfigDiff.between(read(engine, listing, from), read(engine, listing, to));
                session.output().result(diff, () -> text(diff));
            }
            return 0;
        }

        private static String text(ConfigDiff diff) {
            if (diff.files().isEmpty()) {
                return "The same.";
            }
            StringBuilder text = new StringBuilder();
            for (ConfigDiff.FileDiff file : diff.files()) {
                text.append(Json.word(file.change())).append(' ').append(file.path());
                file.lines().forEach(line -> text.append('\n').append(line));
                text.append('\n');
            }
            return text.toString().stripTrailing();
        }
    }

    /** {@code config restore}. */
    @Command(
            name = "restore",
            description = {
                "Brings one file of a configuration backup back: to where it lay, or to --to. What lies there "
                        + "is renamed to FILE_before_TIME first, after its path was confirmed. The server takes the file "
                        + "up with its next reload or restart."
            },
            footer = {
                "",
                "For example:  lifeboat config restore latest pg_hba.conf --to /tmp/pg_hba.conf"
            })
    static final class Restore implements Callable<Integer> {
        private final Session session;

        @Parameters(index = "0", paramLabel = "ID", description = "The backup, or latest.")
        private String backup;

        @Parameters(
                index = "1",
                paramLabel = "FILE",
                description = "The file: its path, or the end of one, such as pg_hba.conf.")
        private String file;

        @Option(names = "--to", paramLabel = "PATH", description = "Put it there instead.")
        private Optional<Path> to;

        @Option(
                names = "--confirm",
                paramLabel = "TEXT",
                description = "The absolute path of what must be renamed.")
        private Optional<String> confirm;

        Restore(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            try (Engine engine = session.engine(session.settingsForWriting(), RegionChoice.AUTO)) {
                ConfigFiles files = read(engine, engine.catalog().load(session.cancel()), backup);
                String path = files.find(file);
                Path target = to.orElse(Path.of(path)).toAbsolutePath().normalize();
                Optional<Path> aside = put(engine, files.content(path), target);
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("file", path);
                document.put("writtenTo", target);
                document.put("renamedTo", aside);
                session.output()
                        .result(
                                document,
                                () ->
                                        target
                                                + " is as in the backup."
                                                + aside.map(old -> " What was there: " + old)
                                                        .orElse(""));
            }
            return 0;
        }

        private Optional<Path> put(Engine engine, byte[] content, Path target)
                throws RecoveryException {
            HostFiles disk = engine.host().files();
            if (!disk.exists(target)) {
                disk.writeDurably(target, content, engine.host().currentUser());
                return Optional.empty();
            }
            Confirmation.require(
                    session,
                    target.toString(),
                    confirm,
                    target + " exists and would be renamed to make room.");
            OsUser owner = engine.host().user(disk.owner(target));
            var permissions = disk.permissions(target);
            Path aside =
                    target.resolveSibling(
                            target.getFileName()
                                    + "_before_"
                                    + Timestamps.key(session.clock().instant()));
            disk.rename(target, aside);
            disk.writeDurably(target, content, owner);
            disk.setPermissions(target, permissions);
            return Optional.of(aside);
        }
    }
}
