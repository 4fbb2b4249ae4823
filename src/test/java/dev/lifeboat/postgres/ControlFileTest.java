package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.Lsn;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ControlFileTest {
    private static final List<String> PRINTED =
            """
            pg_control version number:            1300
            Catalog version number:               202209061
            Database system identifier:           17711385964094401553
            Database cluster state:               in archive recovery
            pg_control last modified:             Mon Nov 23 15:15:57 2026
            Latest checkpoint location:           0/1500718
            Latest checkpoint's REDO location:    0/1500700
            Latest checkpoint's REDO WAL file:    000000010000000000000001
            Latest checkpoint's TimeLineID:       3
            Latest checkpoint's oldestCommitTsXid:0
            Minimum recovery ending location:     16/B374D848
            Min recovery ending loc's timeline:   2
            Backup start location:                0/1500028
            Backup end location:                  0/0
            End-of-backup record required:        yes
            wal_level setting:                    replica
            max_connections setting:              100
            max_worker_processes setting:         8
            max_wal_senders setting:              10
            max_prepared_xacts setting:           2
            max_locks_per_xact setting:           64
            Database block size:                  8192
            WAL block size:                       8192
            Bytes per WAL segment:                16777216
            Data page checksum version:           1
            """
                    .lines()
                    .toList();

    @Test
    void readsWhatPgControldataPrints() {
        var control = ControlFile.parse(PRINTED);

        assertThat(control.systemIdentifier()).isEqualTo("17711385964094401553");
        assertThat(control.state()).isEqualTo("in archive recovery");
        assertThat(control.redo()).isEqualTo(Lsn.parse("0/1500700"));
        assertThat(control.timeline()).isEqualTo(3);
        assertThat(control.minRecoveryEnd()).isEqualTo(Lsn.parse("16/B374D848"));
        assertThat(control.backupEnd()).isEqualTo(Lsn.ZERO);
        assertThat(control.backupEndRequired()).isTrue();
        assertThat(control.limits()).isEqualTo(new RecoveryLimits(100, 8, 10, 2, 64));
        assertThat(control.walSegmentBytes()).isEqualTo(16 << 20);
        assertThat(control.pageChecksums()).isTrue();
    }

    @Test
    void refusesAFileWhoseChecksumIsWrong() {
        var lines = new ArrayList<>(PRINTED);
        lines.addFirst("WARNING: Calculated CRC checksum does not match value stored in file.");

        assertThatThrownBy(() -> ControlFile.parse(lines)).hasMessageContaining("checksum");
    }

    @Test
    void saysWhichLineIsMissing() {
        var lines = PRINTED.stream().filter(line -> !line.contains("REDO location")).toList();

        assertThatThrownBy(() -> ControlFile.parse(lines)).hasMessageContaining("REDO location");
    }

    @Test
    void takesTheGreaterOfEachLimit() {
        var limits =
                new RecoveryLimits(100, 8, 10, 0, 64).max(new RecoveryLimits(50, 16, 3, 5, 64));

        assertThat(limits).isEqualTo(new RecoveryLimits(100, 16, 10, 5, 64));
        assertThat(limits.settings()).containsEntry("max_prepared_transactions", "5").hasSize(5);
    }
}
