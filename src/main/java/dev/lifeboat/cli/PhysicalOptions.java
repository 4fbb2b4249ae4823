package dev.lifeboat.cli;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.TargetAction;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What {@code restore} and {@code check} take alike. */
final class PhysicalOptions {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "BACKUP",
            description = {
                "latest, the id of a backup, s3://bucket/key or a file. The id of a base, or any of them "
                        + "with a target or --into, is a physical restore from a base; else a dump is restored."
            })
    private String backup;

    @Mixin private TargetOptions target;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "The data directory to make; default: below LIFEBOAT_HOME/restores.")
    private Path into;

    @Option(
            names = "--action",
            paramLabel = "pause|promote|shutdown",
            defaultValue = "pause",
            description = "What becomes of the server at the target; default pause.")
    private String action;

    @Option(
            names = "--region",
            paramLabel = "auto|primary|dr",
            defaultValue = "auto",
            description =
                    "auto takes each object from whichever region has it; the others leave one region out.")
    private String region;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "The database a dump is restored into, in place of DATABASE_URL's; its password is better left"
                            + " to PGPASSWORD or ~/.pgpass.")
    private String databaseUrl;

    @Option(names = "--jobs", paramLabel = "N", description = "How many objects at once.")
    private Integer jobs;

    @Option(names = "--port", paramLabel = "N", description = "The port of the restored server.")
    private Integer port;

    @Option(
            names = "--attest",
            paramLabel = "ITEM=NAME",
            description = "Somebody vouches for a human item of the checklist.")
    private Map<String, String> attested = Map.of();

    @Option(
            names = "--override",
            paramLabel = "ITEM=REASON",
            description = "Go on although an item of the checklist does not hold; recorded.")
    private Map<String, String> overridden = Map.of();

    /** What to restore; only the carrying out of a saved plan needs none. */
    void requireBackup() throws RecoveryException {
        if (backup == null) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "BACKUP is missing.",
                    "Only a saved plan (--from-plan) says itself what to restore.",
                    "Name the backup, or latest: lifeboat restore latest --plan");
        }
    }

    String backup() {
        return backup;
    }

    boolean physical() {
        return target.given() || into != null || backup.matches(".+_base_\\d{8}_\\d{6}");
    }

    Optional<String> databaseUrl() {
        return Optional.ofNullable(databaseUrl);
    }

    LogicalRequest logicalRequest() throws RecoveryException {
        if (port != null || !action.equals("pause")) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "--port and --action do not fit the restore of a dump.",
                    "It goes into the database that is set up, and starts no server.",
                    "Leave them out, or add a target for a restore from a base: --target latest.");
        }
        return new LogicalRequest(backup, region, positive("--jobs", jobs));
    }

    boolean utcAssumed() throws RecoveryException {
        return target.utcAssumed();
    }

    Map<String, String> attested() {
        return attested;
    }

    Map<String, String> overridden() {
        return overridden;
    }

    RegionChoice region() throws RecoveryException {
        return switch (region) {
            case "auto" -> RegionChoice.AUTO;
            case "primary" -> RegionChoice.PRIMARY;
            case "dr" -> RegionChoice.DR;
            default -> throw wrong("--region", region, "auto, primary or dr");
        };
    }

    RestoreRequest request() throws RecoveryException {
        return new RestoreRequest(
                backup,
                target.target(),
                action(),
                region,
                Optional.ofNullable(into),
                positive("--port", port),
                positive("--jobs", jobs));
    }

    private TargetAction action() throws RecoveryException {
        try {
            return TargetAction.ofWord(action.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw wrong("--action", action, "pause, promote or shutdown");
        }
    }

    private static OptionalInt positive(String option, Integer value) throws RecoveryException {
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value < 1 || value > 65_535) {
            throw wrong(option, value.toString(), "a number from 1 to 65535");
        }
        return OptionalInt.of(value);
    }

    private static RecoveryException wrong(String option, String value, String allowed) {
        return new RecoveryException(
                ProblemCode.USAGE,
                "'" + value + "' does not fit " + option + ".",
                "It takes " + allowed + ".",
                "Correct it and run the command again.");
    }
}
