package dev.lifeboat.restore;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.host.ServerUser;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.postgres.ControlFile;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.restore.place.FramedStream;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.settings.Expectation;
import dev.lifeboat.settings.OwnQuery;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.folder.FolderStore;
import dev.lifeboat.wal.BackupLabel;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalTrust;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A cluster with a base backup, WAL behind it, and positions whose rows are known; base and WAL lie
 * in two regions in memory.
 */
final class SourceCluster implements AutoCloseable {
    private static final Duration LEASE_TERM = Duration.ofMinutes(15);

    static final String PASSPHRASE = "correct horse battery staple";
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int ROWS = 20_000;

    /** Asked of every restored copy. */
    private static final OwnQuery OWN_QUERY =
            new OwnQuery(
                    "no row is short of its text",
                    "SELECT count(*) FROM t WHERE length(filler) <> 100;",
                    Expectation.parse("= 0").orElseThrow());

    static final String MANIFEST = "manifest";
    private static final String MANIFEST_KEY = "backups/base/b/manifest.json";

    private final TestCluster cluster = TestCluster.create("--wal-segsize=1");
    private final Path archive = cluster.root.resolve("archive");
    private final EncryptionKey key = EncryptionKey.of(Secret.of(PASSPHRASE));
    private final KeyRing keys = new KeyRing(List.of(key));
    private final ObjectStore primary = store(cluster.root, "primary");
    private final ObjectStore dr = store(cluster.root, "dr");
    private final List<Point> points = new ArrayList<>();
    private Manifest base;

    /** A position, and how many rows were committed by then. */
    record Point(Lsn lsn, long rows) {}

    private SourceCluster() throws Exception {}

    static SourceCluster make() throws Exception {
        return make((_, _) -> {});
    }

    /** What else happens on the source. */
    interface Story {
        /**
         * @param batch 1 to 4; what happens now lies before the point of that batch
         */
        void tell(TestCluster cluster, int batch) throws Exception;
    }

    static SourceCluster make(Story story) throws Exception {
        var source = new SourceCluster();
        source.build(story);
        return source;
    }

    private void build(Story story) throws Exception {
        Files.createDirectory(archive);
        cluster.host.files().chown(archive, cluster.user);
        cluster.set(
                Map.of(
                        "archive_mode", "on",
                        "archive_command", "cp %p " + archive + "/%f",
                        "autovacuum", "off",
                        "track_commit_timestamp", "on",
                        "wal_level", "replica"));
        cluster.start();
        cluster.execute("CREATE TABLE t (id int primary key, filler text)");
        insert(0);
        byte[] tar = baseBackup();
        for (int batch = 1; batch <= 4; batch++) {
            insert(batch);
            story.tell(cluster, batch);
            points.add(
                    new Point(
                            Lsn.parse(cluster.value("pg_current_wal_insert_lsn()")),
                            (batch + 1L) * ROWS));
        }
        cluster.execute("CHECKPOINT", "SELECT pg_switch_wal()");
        Lsn end = Lsn.parse(cluster.value("pg_current_wal_insert_lsn()"));
        String last = WalSegment.endingAt(end, TimelineId.FIRST, SEGMENT_BYTES).name();
        awaitArchived(WalSegment.parse(last, SEGMENT_BYTES).orElseThrow().previous().orElseThrow());
        store(tar);
    }

    private void insert(int batch) throws Exception {
        cluster.execute(
                "INSERT INTO t SELECT g, repeat('x', 100) FROM generate_series("
                        + (batch * ROWS + 1)
                        + ", "
                        + (batch + 1) * ROWS
                        + ") g");
    }

    private byte[] baseBackup() throws Exception {
        Path file = cluster.root.resolve("base.tar");
        var process =
                new ProcessBuilder(
                                cluster.programs.bin().resolve("pg_basebackup").toString(),
                                "-D",
                                "-",
                                "-F",
                                "t",
                                "-X",
                                "none",
                                "-c",
                                "fast",
                                "-h",
                                cluster.root.toString(),
                                "-p",
                                Integer.toString(cluster.port),
                                "-U",
                                "postgres")
                        .redirectOutput(file.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pg_basebackup failed");
        }
        return Files.readAllBytes(file);
    }

    private void awaitArchived(WalSegment segment) throws Exception {
        while (!Files.exists(archive.resolve(segment.name()))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The directory that the source's server runs on. */
    Path dataDirectory() {
        return cluster.dataDirectory;
    }

    /** Rows in the source at this moment. */
    long rows() throws Exception {
        return Long.parseLong(cluster.value("select count(*) from t"));
    }

    /** Another text under the key of the manifest, in both regions. */
    void replaceManifest(String text) throws Exception {
        for (ObjectStore store : List.of(primary, dr)) {
            store.put(
                    MANIFEST_KEY,
                    ByteSource.of(text.getBytes(StandardCharsets.UTF_8)),
                    PutOptions.plain());
        }
    }

    private void store(byte[] tar) throws Exception {
        List<StoredObject> frames =
                new FramedStream("backups/base/b", key, 4 << 20, List.of(primary, dr))
                        .store("base", tar);
        try (var files = Files.list(archive)) {
            for (Path file :
                    files.filter(f -> f.getFileName().toString().length() == 24).toList()) {
                putSegment(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        replaceManifest(MANIFEST);
        base = manifest(frames, tar.length);
    }

    private Manifest manifest(List<StoredObject> frames, long bytes) throws Exception {
        BackupLabel label = label();
        ControlFile control =
                ControlFile.read(
                        cluster.host, cluster.programs, cluster.dataDirectory, cluster.cancel);
        var facts =
                new Manifest.BaseFacts(
                        1,
                        label.start(),
                        label.start().plus(1),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        label.startFile().name(),
                        label.startFile().name(),
                        SEGMENT_BYTES,
                        true,
                        List.of());
        return new Manifest(
                Manifest.FORMAT,
                "b",
                BackupKind.BASE,
                "postgres",
                control.systemIdentifier(),
                cluster.programs.version().number(),
                Instant.EPOCH,
                Instant.EPOCH,
                bytes,
                bytes,
                new Manifest.Encryption("aes-256-cbc", "pbkdf2", 10_000, key.fingerprint().hex()),
                "zstd",
                frames,
                facts,
                null,
                List.of(new Manifest.TableEstimate("postgres", "public.t", ROWS, 1)),
                List.of(),
                null);
    }

    /** The backup's own history file in the archive repeats its label. */
    private BackupLabel label() throws Exception {
        try (var files = Files.list(archive)) {
            Path history =
                    files.filter(file -> file.toString().endsWith(".backup"))
                            .findFirst()
                            .orElseThrow();
            return dev.lifeboat.wal.BackupHistoryFile.parse(Files.readString(history)).label();
        }
    }

    /** Which of these transactions committed, as the source says at this moment. */
    List<Long> committed(long firstXid, long lastXid) throws Exception {
        try (Database session = cluster.connect()) {
            return committed(session, firstXid, lastXid);
        }
    }

    /** The same of any server that keeps commit timestamps. */
    static List<Long> committed(Database session, long firstXid, long lastXid) throws Exception {
        return session.query(
                row -> row.number("xid"),
                "SELECT xid FROM generate_series(?, ?) xid"
                        + " WHERE pg_xact_commit_timestamp(xid::text::xid) IS NOT NULL ORDER BY xid",
                firstXid,
                lastXid);
    }

    List<Point> points() {
        return points;
    }

    Host host() {
        return cluster.host;
    }

    RestoreTools tools() throws Exception {
        return tools(cluster.root, keys);
    }

    /** The same on a machine that behaves otherwise. */
    RestoreTools tools(Host other) throws Exception {
        RestoreTools tools = tools();
        return new RestoreTools(
                tools.backups(),
                tools.keyNames(),
                tools.wal(),
                tools.keys(),
                other,
                tools.serverUser(),
                tools.programs(),
                tools.clock(),
                tools.heapBytes(),
                tools.queries(),
                tools.leases());
    }

    /** Where the two stores lie, for another process. */
    Path storeFolder() {
        return cluster.root;
    }

    static RestoreTools tools(Path storeFolder, KeyRing keys) throws Exception {
        return tools(
                new RegionPair(
                        store(storeFolder, "primary"), store(storeFolder, "dr"), RegionChoice.AUTO),
                keys);
    }

    /** The tools over regions whose stores are wrapped. */
    RestoreTools tools(UnaryOperator<ObjectStore> around) throws Exception {
        return tools(
                new RegionPair(around.apply(primary), around.apply(dr), RegionChoice.AUTO), keys);
    }

    private static RestoreTools tools(RegionPair regions, KeyRing keys) throws Exception {
        Host host = new LocalHost();
        return new RestoreTools(
                regions,
                new BackupKeys(""),
                new RegionWalArchive(regions, keys, "", WalTrust.AS_THE_ARCHIVE),
                keys,
                host,
                ServerUser.choose(host, System.getenv()),
                PgPrograms.find(host, System.getenv()),
                Clock.systemUTC(),
                256L << 20,
                List.of(OWN_QUERY),
                Optional.of(
                        new TargetLeases(regions, "", LEASE_TERM, Clock.systemUTC(), "somebody")));
    }

    private static ObjectStore store(Path folder, String region) throws Exception {
        return FolderStore.create(folder.resolve(region));
    }

    /** A folder that the server's user can pass through. */
    Path folder(String name) throws Exception {
        return Files.createTempDirectory(
                Path.of("/tmp"),
                "lb" + name,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    }

    PhysicalPlan plan(Path home, Point point, TargetAction action) throws Exception {
        String id = "r" + point.rows();
        return plan(home, point, action, RestoreFolder.of(home, id).data(), Optional.empty());
    }

    PhysicalPlan plan(
            Path home, Point point, TargetAction action, Path data, Optional<Path> renamedTo)
            throws Exception {
        return plan(home, point, action, data, renamedTo, Map.of());
    }

    PhysicalPlan plan(
            Path home,
            Point point,
            TargetAction action,
            Path data,
            Optional<Path> renamedTo,
            Map<Long, Path> tablespaces)
            throws Exception {
        WalSegment last = WalSegment.endingAt(point.lsn().plus(1), TimelineId.FIRST, SEGMENT_BYTES);
        List<String> segments = new ArrayList<>();
        for (WalSegment each = label().firstSegment(SEGMENT_BYTES);
                each.compareTo(last) <= 0;
                each = each.next()) {
            segments.add(each.name());
        }
        var goal =
                new Goal(
                        Map.of(
                                "recovery_target_lsn",
                                point.lsn().toString(),
                                "recovery_target_inclusive",
                                "false"),
                        point.lsn().plus(-40),
                        Optional.of(point.lsn()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        last.name());
        return new PhysicalPlan(
                "r" + point.rows(),
                "test",
                cluster.host.name(),
                Instant.EPOCH,
                new RecoveryTarget(TargetKind.LSN, point.lsn().toString(), false, Optional.empty()),
                action,
                "auto",
                base,
                "the only one",
                MANIFEST_KEY,
                Sha256.of(MANIFEST.getBytes(StandardCharsets.UTF_8)).sha256(),
                List.of(1L),
                goal,
                new WalNeed(segments, List.of(), SEGMENT_BYTES),
                data,
                renamedTo,
                tablespaces,
                cluster.host.ports().findFree(),
                2,
                64L << 20,
                Map.of(),
                List.of(),
                Optional.empty());
    }

    /** The plan of going on to just before a position. */
    static PhysicalPlan advance(RestoreFolder folder, RestoreTools tools, Lsn to) throws Exception {
        return advance(
                folder,
                tools,
                new RecoveryTarget(TargetKind.LSN, to.toString(), false, Optional.empty()));
    }

    static PhysicalPlan advance(RestoreFolder folder, RestoreTools tools, RecoveryTarget target)
            throws Exception {
        return new AdvancePlanner(tools.wal(), "test", Clock.systemUTC(), CancelToken.never())
                .plan(RestoreView.of(folder, tools.host()), target);
    }

    /** Stores a segment as {@code aws s3 cp} would. */
    void putSegment(String name, byte[] content) throws Exception {
        primary.put("wal/" + name, ByteSource.of(content), PutOptions.plain());
        dr.put("wal/" + name, ByteSource.of(content), PutOptions.plain());
    }

    /** What a region holds under a key, as text. */
    String stored(String region, String key) throws Exception {
        ObjectStore store = region.equals("dr") ? dr : primary;
        try (var bytes = store.get(key, ByteRange.whole(), null)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Makes a hole in the primary region alone. */
    byte[] removeFromPrimary(String name) throws Exception {
        byte[] content;
        try (var bytes = primary.get("wal/" + name, ByteRange.whole(), null)) {
            content = bytes.readAllBytes();
        }
        primary.delete("wal/" + name);
        return content;
    }

    /** Makes it differ from what its name says, in another way in each region. */
    byte[] damageSegment(String name) throws Exception {
        byte[] content = removeSegment(name);
        byte[] elsewhere = content.clone();
        elsewhere[10] ^= 1; // in the page's own address
        primary.put("wal/" + name, ByteSource.of(elsewhere), PutOptions.plain());
        byte[] cut = Arrays.copyOf(content, content.length / 2);
        dr.put("wal/" + name, ByteSource.of(cut), PutOptions.plain());
        return content;
    }

    byte[] removeSegment(String name) throws Exception {
        byte[] content = removeFromPrimary(name);
        dr.delete("wal/" + name);
        return content;
    }

    @Override
    public void close() throws Exception {
        key.close();
        cluster.close();
    }
}
