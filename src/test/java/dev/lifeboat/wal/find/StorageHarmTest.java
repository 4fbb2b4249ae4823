package dev.lifeboat.wal.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.RelationFile;
import dev.lifeboat.wal.RowPlace;
import dev.lifeboat.wal.TransactionChanges;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What files alone tell, when rows of the catalogs are not known. */
class StorageHarmTest {
    private static final RelationFile CLASS = new RelationFile(1663, 5, 1259);
    private static final RelationFile TYPES = new RelationFile(1663, 5, 1247);
    private static final RelationFile TABLE = file(16384);
    private static final RelationFile INDEX = file(16387);
    private static final RelationFile UNNAMED = file(20000);

    private final NameBook book = new NameBook(15);
    private final CatalogWork work = new CatalogWork();

    StorageHarmTest() {
        book.enter(
                new CatalogNames(
                        "1",
                        15,
                        Lsn.ZERO,
                        List.of(
                                new CatalogNames.DatabaseNames(
                                        5,
                                        "db",
                                        Map.of(),
                                        Map.of(2200L, "public"),
                                        List.of(
                                                placed(16384, "t", 16384, 'r'),
                                                placed(16387, "t_pkey", 16387, 'i'))))));
    }

    private static RelationFile file(long number) {
        return new RelationFile(1663, 5, number);
    }

    private static CatalogNames.PlacedRelation placed(long oid, String name, long file, char kind) {
        return new CatalogNames.PlacedRelation(
                0, 1, new NamedRelation(oid, name, 2200, 0, file, kind, false, 10));
    }

    private StorageHarm harm(
            List<TransactionChanges.Rows> rows,
            List<RelationFile> dropped,
            List<RelationFile> created) {
        return new StorageHarm(
                book,
                new TransactionChanges(
                        7, Instant.EPOCH, Lsn.ZERO, Lsn.ZERO, Lsn.ZERO, 5, rows, dropped, created),
                work);
    }

    private static TransactionChanges.Rows deleted(RelationFile relation, long rows) {
        return new TransactionChanges.Rows(relation, 0, 0, rows);
    }

    @Test
    void namesTheTableWhoseFileWentAndNotItsIndex() {
        work.delete(new RowPlace(CLASS, 0, 1), Optional.empty());

        StorageHarm harm = harm(List.of(deleted(CLASS, 2)), List.of(INDEX, TABLE), List.of());

        assertThat(harm.dropped()).containsExactly("public.t");
        assertThat(harm.truncated()).isEmpty();
    }

    @Test
    void showsAFileWithoutANameByItsNumbersWhenARowTypeWentWithIt() {
        work.delete(new RowPlace(CLASS, 0, 1), Optional.empty());

        assertThat(
                        harm(
                                        List.of(deleted(CLASS, 1), deleted(TYPES, 2)),
                                        List.of(UNNAMED),
                                        List.of())
                                .dropped())
                .containsExactly("5/20000");
        assertThat(harm(List.of(deleted(CLASS, 1)), List.of(UNNAMED), List.of()).dropped())
                .isEmpty();
    }

    @Test
    void takesATableThatGotANewFileAndNothingElseForTruncated() {
        work.replace(Optional.empty(), Optional.empty());

        StorageHarm harm = harm(List.of(), List.of(TABLE, INDEX), List.of(file(17000)));

        assertThat(harm.truncated()).containsExactly("public.t");
        assertThat(harm.dropped()).isEmpty();
    }

    @Test
    void takesAReindexForNoHarm() {
        work.replace(Optional.empty(), Optional.empty());

        assertThat(harm(List.of(), List.of(INDEX), List.of(file(17000))).truncated()).isEmpty();
    }

    @Test
    void takesARewriteThroughASecondRelationForNoHarm() {
        work.replace(Optional.empty(), Optional.empty());
        var made = new TransactionChanges.Rows(CLASS, 1, 2, 1);

        assertThat(harm(List.of(made), List.of(TABLE), List.of(file(17000))).truncated()).isEmpty();
    }

    @Test
    void takesAMoveToAnotherTablespaceForNoHarm() {
        var before = new NamedRelation(16384, "t", 2200, 0, 16384, 'r', false, 10);
        var after = new NamedRelation(16384, "t", 2200, 16600, 17000, 'r', false, 10);
        work.replace(Optional.of(before), Optional.of(after));

        assertThat(harm(List.of(), List.of(TABLE), List.of(file(17000))).truncated()).isEmpty();
    }

    @Test
    void passesOverWhatTheTransactionHadMadeItself() {
        work.delete(new RowPlace(CLASS, 0, 1), Optional.empty());

        assertThat(harm(List.of(deleted(CLASS, 1)), List.of(TABLE), List.of(TABLE)).dropped())
                .isEmpty();
    }
}
