package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Restores;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.logical.DumpContents;
import dev.lifeboat.storage.RegionChoice;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.util.Optional;

/** Dumps looked into where they lie, in a real S3 server. */
class DumpContentsIT {
    private static LogicalFixture in;
    private static String backup;

    @BeforeAll
    static void backUpAShop() throws Exception {
        in = new LogicalFixture();
        in.makeShop("shop");
        in.in(
                "shop",
                "create table noise as select sha512((g || 'x')::bytea) as b, sha512(g::text::bytea)"
                        + " as c from generate_series(1, 60000) g");
        backup = in.backup("shop");
        in.shell(
                "pg_dump -Fc shop | gzip | openssl enc -aes-256-cbc -pbkdf2 -salt"
                        + " -pass env:BACKUP_ENCRYPTION_KEY -out custom.enc;"
                        + " pg_dump -Fc shop | gzip | openssl enc -aes-256-cbc -pbkdf2 -salt"
                        + " -pass pass:another -out other.enc;"
                        + " pg_dump shop | gzip | openssl enc -aes-256-cbc -pbkdf2 -salt"
                        + " -pass env:BACKUP_ENCRYPTION_KEY -out sql.enc");
    }

    @AfterAll
    static void endEverything() throws Exception {
        in.close();
    }

    private static Engine engine() throws RecoveryException {
        var options =
                new GlobalOptions() {
                    @Override
                    public boolean json() {
                        return false;
                    }

                    @Override
                    public Optional<String> profile() {
                        return Optional.empty();
                    }
                };
        return new Session(in.lifeboat("shop").surroundings(), options).engine(RegionChoice.AUTO);
    }

    private static DumpContents contents(String id) throws RecoveryException {
        var go = CancelToken.never();
        try (Engine engine = engine()) {
            CatalogEntry entry =
                    engine.catalog().load(go).entries().stream()
                            .filter(each -> each.id().equals(id))
                            .findFirst()
                            .orElseThrow();
            return new Restores(engine, in.home(), go).contents(entry, Progress.unwatched());
        }
    }

    private static long listsLeft() {
        String[] left =
                new File(System.getProperty("java.io.tmpdir"))
                        .list((_, name) -> name.startsWith("lifeboat-") && name.endsWith(".list"));
        return left.length;
    }

    @Test
    void fetchesTheBeginningOfADumpAndNoMore() throws Exception {
        long before = listsLeft();

        DumpContents contents = contents(backup);

        assertThat(contents.listing().orElseThrow().contents())
                .contains(
                        "TABLE public orders shopkeeper",
                        "TABLE DATA public orders shopkeeper",
                        "TABLE DATA audit trail postgres");
        assertThat(contents.listing().orElseThrow().tablesWithData()).isEqualTo(4);
        assertThat(contents.storedBytes()).isGreaterThan(5_000_000);
        assertThat(contents.readBytes()).isBetween(1L, 1_000_000L);
        assertThat(listsLeft()).isEqualTo(before);
    }

    @Test
    void looksThroughGzipIntoWhatTheRunbooksScriptsWrote() throws Exception {
        in.put(
                "primary",
                "backups/full/20260101/shop_full_20260101_020000.sql.gz.enc",
                in.folder.resolve("custom.enc"));

        DumpContents contents = contents("shop_full_20260101_020000");

        assertThat(contents.listing().orElseThrow().contents())
                .contains("TABLE DATA public orders shopkeeper");
        assertThat(contents.readBytes()).isLessThan(contents.storedBytes() / 4);
    }

    @Test
    void saysThatSqlHasNoList() throws Exception {
        in.put(
                "primary",
                "backups/full/20260102/shop_full_20260102_020000.sql.gz.enc",
                in.folder.resolve("sql.enc"));

        DumpContents contents = contents("shop_full_20260102_020000");

        assertThat(contents.listing()).isEmpty();
        assertThat(contents.readBytes()).isLessThan(contents.storedBytes() / 4);
    }

    @Test
    void takesTheOtherRegionsCopyWhereTheFirstCannotBeRead() throws Exception {
        String key = "backups/full/20260103/shop_full_20260103_020000.sql.gz.enc";
        in.put("primary", key, in.folder.resolve("other.enc"));
        in.put("dr-copy", key, in.folder.resolve("custom.enc"));

        DumpContents contents = contents("shop_full_20260103_020000");

        assertThat(contents.listing().orElseThrow().contents())
                .contains("TABLE DATA public orders shopkeeper");
    }
}
