package dev.lifeboat.restore;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.pipeline.ContentKind;
import dev.lifeboat.postgres.DumpHeader;
import dev.lifeboat.postgres.PgVersion;
import dev.lifeboat.restore.logical.DumpSource;
import dev.lifeboat.restore.logical.LogicalTarget;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Plans and manifests for tests. */
public final class Plans {
    public static final Instant START = Instant.parse("2026-04-07T02:00:00Z");

    private Plans() {}

    public static PhysicalPlan physical() {
        return physical(
                Path.of("/var/lib/lifeboat/restores/x/data"), Optional.empty(), Optional.empty());
    }

    /** A plan that renames what lies in the directory. */
    public static PhysicalPlan overExisting(Path directory) {
        return physical(
                directory,
                Optional.of(Path.of(directory + "_before_20260407_150000")),
                Optional.of(directory.toString()));
    }

    private static PhysicalPlan physical(
            Path directory, Optional<Path> renamedTo, Optional<String> confirm) {
        return new PhysicalPlan(
                "mockupaws_20260407_150000",
                "0.1.0",
                "pg-dr-01",
                START.plusSeconds(3600),
                new RecoveryTarget(TargetKind.TIME, "2026-04-07T02:30:00Z", true, Optional.of(1L)),
                TargetAction.PAUSE,
                "auto",
                base("mockupaws_base_20260407_020000", START),
                "It is the newest base that ended before the target.",
                "backups/base/20260407/mockupaws_base_20260407_020000/manifest.json",
                "ab".repeat(32),
                List.of(1L),
                new Goal(
                        Map.of(
                                "recovery_target_lsn", "0/5000200",
                                "recovery_target_inclusive", "false"),
                        Lsn.parse("0/5000100"),
                        Optional.of(Lsn.parse("0/5000200")),
                        Optional.of(
                                new Goal.Transaction(
                                        748,
                                        START.plusSeconds(1700),
                                        Lsn.parse("0/50000D0"),
                                        Lsn.parse("0/5000100"))),
                        Optional.of(START.plusSeconds(1700)),
                        Optional.empty(),
                        "000000010000000000000005"),
                new WalNeed(
                        List.of("000000010000000000000004", "000000010000000000000005"),
                        List.of(),
                        16 << 20),
                directory,
                renamedTo,
                Map.of(),
                5433,
                2,
                1L << 30,
                Map.of(
                        "archive_mode",
                        new PhysicalPlan.ManagedSetting("off", "It must not archive.")),
                List.of("A note."),
                confirm);
    }

    /** A dump over a database that is there. */
    public static LogicalPlan logical() {
        return new LogicalPlan(
                "shop_20260407_143000",
                "0.1.0",
                "db1",
                START,
                "auto",
                new DumpSource(
                        "shop_full_20260407_020000",
                        "backups/full/20260407/shop_full_20260407_020000.dump.enc",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        500,
                        OptionalLong.of(1000),
                        Map.of("s3://primary", "etag"),
                        START.plusNanos(123_456_789),
                        List.of(ContentKind.ENCRYPTED),
                        ContentKind.CUSTOM_DUMP,
                        Optional.of(
                                new DumpHeader(
                                        "1.14",
                                        Optional.of("shop"),
                                        Optional.of(PgVersion.of(15, 18)),
                                        Optional.empty()))),
                "It was named.",
                new LogicalTarget(
                        "postgresql://app@db1:5432/shop",
                        "shop@db1:5432",
                        "shop",
                        "app",
                        "7300000000000000001",
                        150018,
                        16384,
                        List.of("public.orders"),
                        true,
                        true),
                Optional.of("shop_restore_20260407_143000"),
                Optional.of("shop_before_20260407_143000"),
                List.of("auditors"),
                Optional.of(Path.of("/var/lib/lifeboat/restores/x/spool")),
                2,
                List.of("A note."),
                Optional.of("shop@db1:5432"));
    }

    static Manifest base(String id, Instant start) {
        return new Manifest(
                Manifest.FORMAT,
                id,
                BackupKind.BASE,
                "mockupaws",
                "7300000000000000001",
                150018,
                start,
                start.plusSeconds(60),
                1000,
                500,
                new Manifest.Encryption("aes-256-cbc", "pbkdf2-hmac-sha256", 10_000, "cafe"),
                "zstd",
                List.of(),
                new Manifest.BaseFacts(
                        1,
                        Lsn.parse("0/4000028"),
                        Lsn.parse("0/4000138"),
                        start,
                        start.plusSeconds(50),
                        "000000010000000000000004",
                        "000000010000000000000004",
                        16 << 20,
                        true,
                        List.of()),
                new Manifest.ClusterFacts("UTF8", "libc", "C", Map.of(), Map.of(), Map.of()),
                List.of(),
                List.of(),
                new Manifest.Origin("db1", "0.1.0"));
    }
}
