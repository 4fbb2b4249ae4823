package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.ProblemCode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** docs/exit-codes.md is the published table of the codes, no more and no less. */
class ExitCodesDocumentTest {
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| (\\d+) \\| .+ \\|");
    private static List<String> lines;

    @BeforeAll
    static void read() throws Exception {
        lines = Files.readAllLines(Path.of("docs/exit-codes.md"));
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void documentsEveryCodeWithItsStatus(ProblemCode code) {
        String row = "| `" + code.name() + "` | " + code.exitCode() + " | ";

        assertThat(lines).filteredOn(line -> line.startsWith(row)).hasSize(1);
    }

    @Test
    void documentsNoCodeThatIsNotThere() {
        List<String> known = Arrays.stream(ProblemCode.values()).map(Enum::name).toList();

        assertThat(lines)
                .map(ROW::matcher)
                .filteredOn(row -> row.matches())
                .extracting(row -> row.group(1))
                .isSubsetOf(known);
    }
}
