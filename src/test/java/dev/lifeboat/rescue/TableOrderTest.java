package dev.lifeboat.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.postgres.TableShape;

import org.junit.jupiter.api.Test;

import java.util.List;

class TableOrderTest {
    private static TableShape table(String name, String... references) {
        return new TableShape(
                1,
                "s",
                name,
                'r',
                List.of(),
                List.of(),
                List.of(),
                List.of(references),
                List.of(),
                List.of());
    }

    private static List<String> ordered(TableShape... tables) {
        return TableOrder.parentsFirst(List.of(tables)).stream().map(TableShape::name).toList();
    }

    @Test
    void putsEachTableBehindThoseItRefersTo() {
        assertThat(ordered(table("c", "s.b"), table("a"), table("b", "s.a", "s.elsewhere")))
                .containsExactly("a", "b", "c");
    }

    @Test
    void endsWithTablesThatReferToOneAnother() {
        assertThat(ordered(table("a", "s.b"), table("b", "s.a"), table("c", "s.c")))
                .containsExactlyInAnyOrder("a", "b", "c");
    }
}
