package dev.lifeboat.restore.handover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The source's configuration comes back without what would reach into the old machine. */
class OwnSettingsTest {
    private static OwnSettings main(String text) {
        return new OwnSettings(Path.of("/new/data"), Optional.of(text), Optional.empty());
    }

    private final OwnSettings none =
            new OwnSettings(Path.of("/new/data"), Optional.empty(), Optional.empty());

    @Test
    void keepsWhatIsTheClustersOwn() {
        OwnSettings own = main("work_mem = 64MB\n# a comment\nlog_directory = 'log'\n");

        assertThat(own.main(Map.of()))
                .startsWith("work_mem = 64MB\n# a comment\nlog_directory = 'log'\n");
        assertThat(own.takenOut()).isEmpty();
    }

    @Test
    void takesOutPathsReplicationRecoveryAndArchive() {
        OwnSettings own =
                main(
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
                        log_directory = '/var/log/postgresql'
                        """);
        String text = own.main(Map.of("port", "5433"));

        assertThat(own.takenOut())
                .containsExactly(
                        "data_directory",
                        "hba_file",
                        "recovery_target_time",
                        "restore_command",
                        "primary_conninfo",
                        "archive_command",
                        "synchronous_standby_names",
                        "port",
                        "log_directory");
        assertThat(text.lines().filter(line -> line.startsWith("recovery_prefetch"))).hasSize(1);
        assertThat(text).contains("#lifeboat# data_directory").endsWith("port = '5433'\n");
    }

    @Test
    void includesOnlyWhatLiesInTheDataDirectory() {
        OwnSettings own =
                new OwnSettings(
                        Path.of("/new/data"),
                        Optional.empty(),
                        Optional.of(
                                """
                                include_dir 'conf.d'
                                include = 'own.conf'
                                include_if_exists '/etc/postgresql/extra.conf'
                                include '../outside.conf'
                                """));
        own.auto();

        assertThat(own.takenOut()).containsExactly("include_if_exists", "include");
    }

    @Test
    void doesWithoutEncryptionWhenItsFilesStayedBehind() {
        OwnSettings behind = main("ssl = on\nssl_cert_file = '/etc/ssl/certs/own.pem'\n");
        assertThat(behind.main(Map.of()).lines()).startsWith("#lifeboat# ssl = on");

        OwnSettings beside = main("ssl = on\nssl_cert_file = 'server.crt'\n");
        assertThat(beside.main(Map.of()).lines()).startsWith("ssl = on");
    }

    @Test
    void knowsWhichEntriesLeadOut() {
        OwnSettings own = main("hba_file = '/etc/pg_hba.conf' # ours\nident_file = 'id.conf'\n");

        assertThat(own.hasElsewhere("hba_file")).isTrue();
        assertThat(own.hasElsewhere("ident_file")).isFalse();
        assertThat(main("#hba_file = '/etc/pg_hba.conf'\n").hasElsewhere("hba_file")).isFalse();
    }

    @Test
    void guardsSocketsByTheirDirectoryAndKeepsTheRulesOfTheNetwork() {
        String hba =
                none.hba(
                        Optional.of("local all all peer\nhost all all 10.0.0.0/8 scram-sha-256\n"));

        assertThat(hba)
                .contains("#lifeboat# local all all peer")
                .contains("\nhost all all 10.0.0.0/8 scram-sha-256\n")
                .contains("\nlocal all all trust\n");
        assertThat(none.hba(Optional.empty())).contains("host all all 127.0.0.1/32 scram");
    }

    /** A reject that names a file is no longer there to stop what the next rule lets in. */
    @Test
    void letsNobodyInFromTheRuleOnThatNeedsAFileOfTheOldMachine() {
        String hba =
                none.hba(
                        Optional.of(
                                """
                                host all ada 10.0.0.0/8 ldap ldapbindpasswd=hunter2
                                host all @/etc/postgresql/banned all reject
                                host all all all trust
                                """));

        assertThat(hba)
                .contains("\nhost all ada")
                .contains("#lifeboat# host all @/etc")
                .contains("#lifeboat# host all all all trust");
        assertThat(none.takenOut()).containsExactly("pg_hba.conf from line 2");
    }

    @Test
    void keepsTheMapsOfNamesButNotThoseOfTheOldMachine() {
        assertThat(none.ident(Optional.of("m a b\ninclude '/etc/maps'\n")))
                .isEqualTo("m a b\n#lifeboat# include '/etc/maps'\n");
        assertThat(none.takenOut()).containsExactly("pg_ident.conf line 2");
    }
}
