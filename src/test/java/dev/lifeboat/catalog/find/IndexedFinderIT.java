package dev.lifeboat.catalog.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.HarmKind;
import dev.lifeboat.wal.find.NamesReader;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the finder says of a real server's log with the index and without it. */
class IndexedFinderIT {
    private static final int SEGMENT_BYTES = 1 << 20;

    @TempDir private static Path cache;
    private static FinderArchive archive;

    @BeforeAll
    static void letAServerDoHarmInACalmLog() throws Exception {
        try (TestCluster server = TestCluster.create("--wal-segsize=1")) {
            server.set(Map.of("wal_keep_size", "1GB", "max_wal_size", "1GB", "autovacuum", "off"))
                    .start();
            server.execute(
                    "CREATE TABLE kept (id int PRIMARY KEY, v text)",
                    "CREATE TABLE dropped AS SELECT * FROM generate_series(1, 10) id",
                    "CREATE DATABASE doomed",
                    "SELECT pg_switch_wal()",
                    "CHECKPOINT");
            CatalogNames names = NamesReader.read(server.spec(), server.cancel);
            calm(server, 1);
            server.execute("CREATE TABLE later (id int)", "INSERT INTO later VALUES (1)");
            calm(server, 2);
            server.execute("DROP TABLE dropped", "ALTER TABLE later RENAME TO renamed");
            calm(server, 3);
            server.execute("TRUNCATE renamed", "DELETE FROM kept WHERE id < 20150");
            calm(server, 4);
            server.execute("DROP DATABASE doomed", "UPDATE kept SET v = 'x' WHERE id < 20200");
            calm(server, 5);
            server.execute("VACUUM FULL pg_class");
            calm(server, 6);
            server.execute("DROP TABLE renamed");
            calm(server, 7);
            server.stop(StopMode.FAST);
            archive(server, names);
        }
    }

    /** Some segments of rows that are only inserted, in many transactions. */
    private static void calm(TestCluster server, int batch) throws Exception {
        server.execute(
                "DO $$ BEGIN FOR i IN 1..400 LOOP INSERT INTO kept SELECT "
                        + batch
                        + " * 20000 + i * 10 + g, repeat('v', 900) FROM generate_series(0, 9) g;"
                        + " COMMIT; END LOOP; END $$");
    }

    private static void archive(TestCluster server, CatalogNames names) throws Exception {
        archive = new FinderArchive(names, SEGMENT_BYTES, names.at(), Instant.EPOCH, cache);
        Path wal = server.dataDirectory.resolve("pg_wal");
        WalSegment segment = WalSegment.containing(names.at(), TimelineId.FIRST, SEGMENT_BYTES);
        while (Files.exists(wal.resolve(segment.name()))) {
            archive.put(segment, Files.readAllBytes(wal.resolve(segment.name())));
            segment = segment.next();
        }
        archive.makeIndex();
    }

    @Test
    void isTheSameForEveryKindAndReadsLess() throws Exception {
        for (HarmKind kind : HarmKind.values()) {
            FindResult all = find(false, EnumSet.of(kind), Optional.empty());

            assertThat(find(true, EnumSet.of(kind), Optional.empty())).isEqualTo(all);
        }
        find(false, EnumSet.of(HarmKind.DROPDATABASE), Optional.empty());
        int read = archive.fetched.get();
        FindResult drop = find(true, EnumSet.of(HarmKind.DROPDATABASE), Optional.empty());

        assertThat(archive.fetched.get()).isLessThan(read);
        assertThat(drop.transactions())
                .singleElement()
                .satisfies(found -> assertThat(found.database()).isEqualTo("doomed"));
    }

    @Test
    void namesWhatWasMadeAndRenamedBehindWhatItPassedOver() throws Exception {
        FindResult found = find(true, Set.of(), Optional.of("renamed"));

        assertThat(found).isEqualTo(find(false, Set.of(), Optional.of("renamed")));
        assertThat(found.transactions())
                .extracting(each -> each.kind().orElseThrow())
                .containsSubsequence(HarmKind.TRUNCATE, HarmKind.DROP);
    }

    @Test
    void isTheSameAroundEveryHarm() throws Exception {
        List<FoundTransaction> harms = find(false, Set.of(), Optional.empty()).transactions();
        assertThat(harms).hasSizeGreaterThan(4);
        for (FoundTransaction harm : harms) {
            FindResult all = around(false, harm.time());

            assertThat(around(true, harm.time())).isEqualTo(all);
        }
    }

    private static FindResult find(boolean indexed, Set<HarmKind> kinds, Optional<String> relation)
            throws Exception {
        var request = new FindRequest(Optional.empty(), Optional.empty(), relation, kinds, 100);
        return archive.finder(indexed)
                .find(request, FindListener.none(), new Progress(), CancelToken.never());
    }

    private static FindResult around(boolean indexed, Instant instant) throws Exception {
        return archive.finder(indexed).around(instant, 5, new Progress(), CancelToken.never());
    }
}
