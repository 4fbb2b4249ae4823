package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.rescue.TableReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

class RescueAnswerTest {
    @Test
    void readsWhatWasFoundAndWhatWasDone() throws RecoveryException {
        List<TableReport> compared = RescueAnswer.read(List.of(RescueSights.compared()));
        assertThat(compared).hasSize(2);
        assertThat(compared.getFirst().table()).isEqualTo("public.scenario_logs");
        assertThat(compared.getFirst().state()).isEqualTo(TableReport.State.PRESENT);
        assertThat(compared.getFirst().missing()).isEqualTo(412);
        assertThat(compared.getFirst().changed()).isEqualTo(3);
        assertThat(compared.getFirst().added()).isEqualTo(28);
        assertThat(compared.getFirst().samples().missing()).contains("41007");
        assertThat(compared.getFirst().applied()).isEmpty();
        assertThat(compared.getLast().state()).isEqualTo(TableReport.State.DROPPED);

        TableReport.Applied done =
                RescueAnswer.read(List.of(RescueSights.applied()))
                        .getFirst()
                        .applied()
                        .orElseThrow();
        assertThat(done.inserted()).isEqualTo(411);
        assertThat(done.conflicts()).isOne();
        assertThat(done.undo()).isEqualTo(Path.of("/r/rescue/scenario_logs.undo.sql"));
        assertThat(done.undoCommand())
                .isEqualTo(
                        "psql -X postgresql://app@db-1:5432/appdb"
                                + " -f /r/rescue/scenario_logs.undo.sql");
    }

    /** A count that cannot be read must not look like "nothing is missing". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "no json",
                "{\"tables\":[{\"table\":\"t\",\"state\":\"present\",\"changed\":0,\"new\":0}]}",
                "{\"tables\":[{\"table\":\"t\",\"state\":\"gone\",\"missing\":0,\"changed\":0,"
                        + "\"new\":0}]}",
                "{\"tables\":[{\"table\":\"t\",\"state\":\"present\",\"missing\":\"?\","
                        + "\"changed\":0,\"new\":0}]}"
            })
    void whatCannotBeReadIsNeverTakenForNothing(String answer) {
        assertThatThrownBy(() -> RescueAnswer.read(List.of(answer)))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("cannot be read");
    }
}
