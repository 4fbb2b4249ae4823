package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupPresence;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.RegionState;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.postgres.DumpListing;
import dev.lifeboat.restore.logical.DumpContents;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.task.FakeServices;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A catalog as a production cluster has it: daily bases and fulls, some of them not well. */
public final class SampleCatalog {
    private static final String FINGERPRINT = "9c1e44d07ab3f2185d6e";
    private static final Duration EVERY = Duration.ofHours(12);

    private SampleCatalog() {}

    /** Of a cluster with two timelines behind it, and of two databases. */
    public static CatalogListing ofLines(int count) {
        List<CatalogEntry> entries =
                of(count, Map.of()).entries().stream().map(SampleCatalog::onSomeLine).toList();
        return new CatalogListing(entries, Map.of(), List.of());
    }

    private static CatalogEntry onSomeLine(CatalogEntry entry) {
        CatalogEntry.Facts facts = entry.facts();
        boolean older = facts.startedAt().isBefore(FakeServices.NOW.minus(Duration.ofDays(10)));
        boolean other = facts.startedAt().getEpochSecond() % 3 == 0;
        return new CatalogEntry(
                entry.id(),
                entry.kind(),
                entry.status(),
                entry.key(),
                new CatalogEntry.Facts(
                        facts.identity(),
                        facts.systemIdentifier(),
                        facts.database()
                                .map(
                                        name ->
                                                other
                                                        ? "warehouse_of_all_orders_since_2011_europe"
                                                        : name),
                        facts.startedAt(),
                        facts.finishedAt(),
                        facts.plainBytes(),
                        facts.storedBytes(),
                        facts.keyFingerprint(),
                        facts.storageClass(),
                        facts.base().map(base -> onTimeline(older ? 2 : 3, base))),
                entry.authenticated(),
                entry.regions(),
                entry.obtainable(),
                entry.verified(),
                entry.problem());
    }

    private static Manifest.BaseFacts onTimeline(int timeline, Manifest.BaseFacts base) {
        return new Manifest.BaseFacts(
                timeline,
                base.startLsn(),
                base.stopLsn(),
                base.startTime(),
                base.stopTime(),
                base.firstWal(),
                base.lastWal(),
                base.walSegmentBytes(),
                base.dataChecksums(),
                base.tablespaces());
    }

    /** So many backups, one every twelve hours, the newest two hours old. */
    public static CatalogListing of(int count, Map<Region.Role, Problem> unreachable) {
        List<CatalogEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instant begun =
                    FakeServices.NOW
                            .minus(Duration.ofHours(2))
                            .minus(EVERY.multipliedBy(i))
                            .minusSeconds(i % 7);
            entries.add(entry(i, begun, !unreachable.isEmpty()));
        }
        return new CatalogListing(entries, unreachable, List.of());
    }

    private static CatalogEntry entry(int number, Instant begun, boolean primaryOnly) {
        BackupKind kind =
                number % 14 == 13
                        ? BackupKind.CONFIG
                        : number % 2 == 0 ? BackupKind.BASE : BackupKind.FULL;
        String database = kind == BackupKind.FULL ? "orders" : "main";
        String id = database + "_" + kind.word() + "_" + Timestamps.key(begun);
        boolean damaged = number == 5;
        boolean lacking = number == 0 || number == 9;
        boolean archived = number > 18;
        RegionState dr =
                primaryOnly
                        ? RegionState.UNREACHABLE
                        : lacking ? RegionState.MISSING : RegionState.PRESENT;
        var facts =
                new CatalogEntry.Facts(
                        "a%07x".formatted(number),
                        Optional.of("7438219087412345678"),
                        kind == BackupKind.FULL ? Optional.of(database) : Optional.empty(),
                        begun,
                        Optional.of(begun.plusSeconds(1843)),
                        OptionalLong.of(1_288_490_188_800L - number * 1_000_000_000L),
                        412_316_860_416L - number * 700_000_000L,
                        Optional.of(FINGERPRINT),
                        archived ? (number > 24 ? "DEEP_ARCHIVE" : "GLACIER") : "STANDARD",
                        kind == BackupKind.BASE ? Optional.of(base(begun)) : Optional.empty());
        Optional<Problem> problem =
                damaged
                        ? Optional.of(
                                new Problem(
                                        ProblemCode.MANIFEST_DAMAGED,
                                        "The manifest of " + id + " cannot be read.",
                                        "It ends after 512 of 2048 bytes in both regions.",
                                        "Choose another backup; take a new one with lifeboat backup base."))
                        : Optional.empty();
        return new CatalogEntry(
                id,
                kind,
                damaged ? BackupStatus.MANIFEST_DAMAGED : BackupStatus.FINISHED,
                "orders/backups/"
                        + kind.word()
                        + "/"
                        + Timestamps.day(begun)
                        + "/"
                        + id
                        + "/manifest.json",
                facts,
                !damaged,
                Map.of(
                        Region.Role.PRIMARY,
                        new BackupPresence(
                                damaged ? RegionState.DAMAGED : RegionState.PRESENT,
                                damaged ? 11 : 49,
                                49,
                                problem),
                        Region.Role.DR,
                        new BackupPresence(
                                dr, dr == RegionState.PRESENT ? 49 : 0, 49, Optional.empty())),
                !damaged,
                verification(number, begun),
                problem);
    }

    private static Optional<Verification> verification(int number, Instant begun) {
        return switch (number % 4) {
            case 0 -> Optional.empty();
            case 1 ->
                    Optional.of(
                            new Verification(VerifyLevel.READABLE, begun.plusSeconds(4000), true));
            case 2 ->
                    Optional.of(
                            new Verification(
                                    VerifyLevel.CHECKSUM, begun.plusSeconds(4000), number != 6));
            default ->
                    Optional.of(
                            new Verification(VerifyLevel.RESTORED, begun.plusSeconds(7000), true));
        };
    }

    private static Manifest.BaseFacts base(Instant begun) {
        return new Manifest.BaseFacts(
                3,
                Lsn.parse("2F/5B000028"),
                Lsn.parse("2F/5C3A7F10"),
                begun,
                begun.plusSeconds(1840),
                "000000030000002F0000005B",
                "000000030000002F0000005C",
                16 * 1024 * 1024,
                true,
                List.of());
    }

    /** What a dump of a shop holds. */
    public static DumpContents contents() {
        return new DumpContents(
                Optional.of(
                        new DumpListing(
                                Optional.of("orders"),
                                Optional.of("15.18"),
                                Optional.of("15.18"),
                                List.of(
                                        "7; 2615 16388 SCHEMA - audit shop",
                                        "215; 1259 16389 TABLE public orders shop",
                                        "216; 1259 16394 TABLE public order_lines shop",
                                        "217; 1259 16399 TABLE audit events_2026_11 shop",
                                        "3381; 0 16389 TABLE DATA public orders shop",
                                        "3382; 0 16394 TABLE DATA public order_lines shop",
                                        "3383; 0 16399 TABLE DATA audit events_2026_11 shop",
                                        "3230; 2606 16393 CONSTRAINT public pk_orders shop",
                                        "3240; 2606 16403 FK CONSTRAINT public"
                                                + " order_lines_order_of_the_warehouse_fkey shop"))),
                192 * 1024,
                411_000_000_000L);
    }

    /** The manifest of a base. */
    public static Manifest manifest() {
        Instant begun = FakeServices.NOW.minus(Duration.ofHours(2));
        List<Manifest.StoredObject> objects = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            objects.add(
                    new Manifest.StoredObject(
                            "frame" + i,
                            "frame",
                            27_000_000_000L,
                            "aa",
                            8_600_000_000L,
                            "bb",
                            "base",
                            i,
                            null));
        }
        objects.add(
                new Manifest.StoredObject(
                        "names", "names", 91_000, "aa", 23_414, "5f".repeat(32), null, 0, null));
        return new Manifest(
                Manifest.FORMAT,
                "main_base_" + Timestamps.key(begun),
                BackupKind.BASE,
                null,
                "7438219087412345678",
                150018,
                begun,
                begun.plusSeconds(1843),
                1_288_490_188_800L,
                412_316_860_416L,
                new Manifest.Encryption("aes-256-cbc", "pbkdf2-sha256", 10_000, FINGERPRINT),
                "zstd",
                objects,
                base(begun),
                new Manifest.ClusterFacts(
                        "UTF8", "libc", "en_US.UTF-8", Map.of(), Map.of(), Map.of()),
                List.of(
                        new Manifest.TableEstimate(
                                "orders", "public.order_lines", 812_400_000, 640_000_000_000L),
                        new Manifest.TableEstimate(
                                "orders", "public.orders", 96_211_004, 71_000_000_000L),
                        new Manifest.TableEstimate(
                                "orders", "audit.events_2026_11", -1, 33_000_000_000L)),
                List.of(
                        "aws s3 cp --recursive s3://mockupaws-backups-prod/orders/backups/base/20261123/main_base_20261123_015623/ .",
                        "for f in base.tar.*.zst.enc; do openssl enc -d -aes-256-cbc -pbkdf2 -pass file:KEY -in $f | zstd -d; done | tar -x -C DATA"),
                new Manifest.Origin("db-1", "0.1.0"));
    }
}
