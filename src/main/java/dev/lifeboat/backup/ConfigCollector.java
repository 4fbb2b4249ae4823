package dev.lifeboat.backup;

import dev.lifeboat.catalog.configuration.ConfigFiles;
import dev.lifeboat.catalog.configuration.ConfigInclude;
import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerInfo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gathers a cluster's configuration files: {@code postgresql.conf} and everything it includes,
 * {@code postgresql.auto.conf}, {@code pg_hba.conf} and {@code pg_ident.conf} with what they
 * include. The server reads them where the role may ({@code pg_read_server_files}); else this
 * machine does, when the server runs on it.
 */
final class ConfigCollector {
    private static final int MOST_FILES = 1_000;
    private static final int MOST_BYTES = 8 << 20;

    private final Database session;
    private final Files files;

    /** Where the files are read. */
    private interface Files {
        /** Empty when there is no such file. */
        Optional<byte[]> read(String path) throws RecoveryException;

        List<String> list(String directory) throws RecoveryException;
    }

    ConfigCollector(Database session, Host host) throws RecoveryException {
        this.session = session;
        this.files = choose(host);
    }

    private Files choose(Host host) throws RecoveryException {
        boolean allowed =
                session.one(
                        row -> row.bool("may"),
                        """
                        select pg_has_role(current_user, 'pg_read_server_files', 'usage')
                           and has_function_privilege(
                                   'pg_read_binary_file(text, bigint, bigint, boolean)', 'execute')
                           and has_function_privilege(
                                   'pg_ls_dir(text, boolean, boolean)', 'execute') as may
                        """);
        if (allowed) {
            return new ThroughServer();
        }
        if (session.spec().isLocal()) {
            return new OnThisMachine(host);
        }
        throw new RecoveryException(
                ProblemCode.ROLE_WITHOUT_RIGHTS,
                "The server's configuration files cannot be read.",
                "The role may not read files of the server, which runs on another machine.",
                "GRANT pg_read_server_files, and EXECUTE on pg_read_binary_file and pg_ls_dir, to that"
                        + " role; or run this on the server's machine.");
    }

    ConfigFiles collect(ServerInfo.Paths paths) throws RecoveryException {
        Map<String, byte[]> found = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        for (Path root :
                List.of(
                        paths.configFile(),
                        paths.dataDirectory().resolve("postgresql.auto.conf"),
                        paths.hbaFile(),
                        paths.identFile())) {
            open.add(root.toString());
        }
        while (!open.isEmpty()) {
            String path = open.poll();
            if (found.containsKey(path)) {
                continue;
            }
            Optional<byte[]> content = files.read(path);
            if (content.isPresent()) {
                found.put(path, content.get());
                open.addAll(included(path, content.get()));
            }
            if (found.size() > MOST_FILES) {
                throw tooMany();
            }
        }
        return new ConfigFiles(found);
    }

    private static RecoveryException tooMany() {
        return new RecoveryException(
                ProblemCode.BACKUP_FAILED,
                "The configuration includes more than " + MOST_FILES + " files.",
                "A directory that is included holds files of something else.",
                "Look at the include_dir lines of postgresql.conf.");
    }

    private List<String> included(String from, byte[] content) throws RecoveryException {
        List<String> all = new ArrayList<>();
        for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            Optional<ConfigInclude> include = ConfigInclude.of(line, from);
            if (include.isEmpty()) {
                continue;
            }
            String path = include.get().path();
            if (include.get().kind() == ConfigInclude.Kind.INCLUDE_DIR) {
                files.list(path).stream()
                        .filter(ConfigInclude::takes)
                        .sorted(Comparator.naturalOrder())
                        .forEach(name -> all.add(path + "/" + name));
            } else {
                all.add(path);
            }
        }
        return all;
    }

    /** Asks the server. */
    private final class ThroughServer implements Files {
        @Override
        public Optional<byte[]> read(String path) throws RecoveryException {
            Optional<byte[]> content =
                    session.first(
                            row -> row.bytes("content"),
                            """
                            select content
                              from (select pg_read_binary_file(?, 0, ?, true) as content) file
                             where content is not null
                            """,
                            path,
                            (long) MOST_BYTES);
            if (content.isPresent() && content.get().length == MOST_BYTES) {
                throw new RecoveryException(
                        ProblemCode.BACKUP_FAILED,
                        "The configuration file " + path + " is not one.",
                        "It has " + MOST_BYTES + " bytes or more.",
                        "Look at the include lines of postgresql.conf.");
            }
            return content;
        }

        @Override
        public List<String> list(String directory) throws RecoveryException {
            return session.query(
                    row -> row.text("name"),
                    "select name from pg_ls_dir(?, true, false) as name order by name",
                    directory);
        }
    }

    /** Reads them here. */
    private static final class OnThisMachine implements Files {
        private final Host host;

        OnThisMachine(Host host) {
            this.host = host;
        }

        @Override
        public Optional<byte[]> read(String path) throws RecoveryException {
            Path file = Path.of(path);
            return host.files().exists(file)
                    ? Optional.of(host.files().readText(file).getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
        }

        @Override
        public List<String> list(String directory) throws RecoveryException {
            Path folder = Path.of(directory);
            return host.files().exists(folder)
                    ? host.files().list(folder).stream()
                            .map(entry -> entry.getFileName().toString())
                            .toList()
                    : List.of();
        }
    }
}
