package dev.lifeboat.postgres;

import dev.lifeboat.host.OsUser;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a server is to be started. Settings go on its command line, where no configuration file can
 * override them. Unless they say otherwise, data directory and configuration files are those of
 * {@code dataDirectory}, whatever the configuration itself names, and messages come in English to
 * {@code log}.
 *
 * @param settings by PostgreSQL's names; no secrets, since the command line is public
 * @param log made when it does not exist, otherwise continued
 * @param environment variables for the server and its archive and restore commands
 * @param detached whether it runs on when this program ends; else it is shut down (fast) with it
 */
public record ServerStart(
        PgInstallation programs,
        OsUser user,
        Path dataDirectory,
        Map<String, String> settings,
        Path log,
        Map<String, String> environment,
        boolean detached) {
    public ServerStart {
        settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        environment = Map.copyOf(environment);
    }

    /** A server that ends with this program, with its own settings. */
    public static ServerStart of(
            PgInstallation programs, OsUser user, Path dataDirectory, Path log) {
        return new ServerStart(programs, user, dataDirectory, Map.of(), log, Map.of(), false);
    }

    public ServerStart with(Map<String, String> more) {
        var merged = new LinkedHashMap<>(settings);
        merged.putAll(more);
        return new ServerStart(programs, user, dataDirectory, merged, log, environment, detached);
    }

    public ServerStart withEnvironment(Map<String, String> variables) {
        return new ServerStart(programs, user, dataDirectory, settings, log, variables, detached);
    }

    public ServerStart runningOn() {
        return new ServerStart(programs, user, dataDirectory, settings, log, environment, true);
    }

    /**
     * Every setting of the command line. A data directory named in the configuration would
     * otherwise win over {@code -D}.
     *
     * <p>Source: src/backend/utils/misc/guc.c, SelectConfigFiles: -D names the place of
     * postgresql.conf, data_directory in it that of the data.
     */
    Map<String, String> effectiveSettings() {
        var all = new LinkedHashMap<String, String>();
        all.put("data_directory", dataDirectory.toString());
        all.put("config_file", dataDirectory.resolve("postgresql.conf").toString());
        all.put("hba_file", dataDirectory.resolve("pg_hba.conf").toString());
        all.put("ident_file", dataDirectory.resolve("pg_ident.conf").toString());
        all.put("external_pid_file", "");
        all.put("lc_messages", "C");
        all.put("log_destination", "stderr");
        all.put("logging_collector", "off");
        all.putAll(settings);
        return all;
    }

    List<String> command() throws dev.lifeboat.kernel.RecoveryException {
        var command = new java.util.ArrayList<String>();
        command.add(programs.path(PgProgram.POSTGRES).toString());
        command.addAll(List.of("-D", dataDirectory.toString()));
        effectiveSettings()
                .forEach(
                        (name, value) -> {
                            command.add("-c");
                            command.add(name + "=" + value);
                        });
        return command;
    }
}
