package dev.lifeboat.wal.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class NamesJsonTest {
    private static final CatalogNames NAMES =
            new CatalogNames(
                    "7301",
                    17,
                    Lsn.parse("1/2A"),
                    List.of(
                            new CatalogNames.DatabaseNames(
                                    5,
                                    "d\"b",
                                    Map.of(16400L, 1259L),
                                    Map.of(2200L, "public", 16385L, "äpp"),
                                    List.of(
                                            new CatalogNames.PlacedRelation(
                                                    3,
                                                    7,
                                                    new NamedRelation(
                                                            16390, "t", 2200, 0, 16391, 'r', true,
                                                            -1))))));

    @Test
    void readsBackWhatItWrote() throws RecoveryException {
        assertThat(NamesJson.read(NamesJson.write(NAMES), "names")).isEqualTo(NAMES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"format\":1,\"databases\":[{}]}",
                "{\"format\":1,\"databases\":[{\"oid\":5,\"name\":\"d\",\"relations\":[[1]]}]}",
                "{\"format\":1,\"databases\":[],\"systemIdentifier\":\"1\",\"major\":15,\"at\":\"x\"}"
            })
    void refusesWhatHoldsNoNames(String document) {
        assertThatThrownBy(() -> NamesJson.read(document.getBytes(StandardCharsets.UTF_8), "names"))
                .isInstanceOf(RecoveryException.class)
                .extracting(problem -> ((RecoveryException) problem).code())
                .isEqualTo(ProblemCode.MANIFEST_DAMAGED);
    }

    @Test
    void refusesANewerForm() {
        byte[] newer = "{\"format\":2}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> NamesJson.read(newer, "names"))
                .isInstanceOf(RecoveryException.class)
                .extracting(problem -> ((RecoveryException) problem).code())
                .isEqualTo(ProblemCode.MANIFEST_TOO_NEW);
    }
}
