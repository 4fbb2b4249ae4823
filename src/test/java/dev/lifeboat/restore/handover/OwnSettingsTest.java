package dev.lifeboat.restore.handover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The source's configuration comes back without what would reach into the old machine. */
class OwnSettingsTest {
    private final OwnSettings own = new OwnSettings(Path.of("/new/data"));

    @Test
    void keepsWhatIsTheClustersOwn() {
        String text = own.main(Optional.of("work_mem = 64MB\n# a comment\n"), Map.of());

        assertThat(text).startsWith("work_mem = 64MB\n# a comment\n");
        assertThat(own.takenOut()).isEmpty();
    }

    @Test
    void takesOutPathsReplicationRecoveryAndArchive() {
        String text =
                own.main(
                        Optional.of(
                                """
                                data_directory = '/old/data'
                                hba_file='/etc/old/pg_hba.conf'
                                recovery_target_time = '2026-04-07'
                                Restore_Command = 'cp'
                                primary_conninfo 'host=old'
                                archive_command = 'aws s3 cp'
                                synchronous_standby_names = '*'
                                port = 5432
                                recovery_prefetch = try
                                """),
                        Map.of("port", "5433"));

        assertThat(own.takenOut())
                .containsExactly(
                        "data_directory",
                        "hba_file",
                        "recovery_target_time",
                        "restore_command",
                        "primary_conninfo",
                        "archive_command",
                        "synchronous_standby_names",
                        "port");
        assertThat(text.lines().filter(line -> line.startsWith("recovery_prefetch"))).hasSize(1);
        assertThat(text).contains("#lifeboat# data_directory").endsWith("port = '5433'\n");
    }

    @Test
    void includesOnlyWhatLiesInTheDataDirectory() {
        own.auto(
                Optional.of(
                        """
                        include_dir 'conf.d'
                        include = 'own.conf'
                        include_if_exists '/etc/postgresql/extra.conf'
                        include '../outside.conf'
                        """));

        assertThat(own.takenOut()).containsExactly("include_if_exists", "include");
    }

    @Test
    void guardsSocketsByTheirDirectoryAndKeepsTheRulesOfTheNetwork() {
        String hba =
                OwnSettings.hba(
                        Optional.of("local all all peer\nhost all all 10.0.0.0/8 scram-sha-256\n"));

        assertThat(hba)
                .contains("#lifeboat# local all all peer")
                .contains("\nhost all all 10.0.0.0/8 scram-sha-256\n")
                .contains("\nlocal all all trust\n");
        assertThat(OwnSettings.hba(Optional.empty())).contains("host all all 127.0.0.1/32 scram");
    }
}
