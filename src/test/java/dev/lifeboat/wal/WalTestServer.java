package dev.lifeboat.wal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A PostgreSQL 15 made for one test, with all its WAL kept in pg_wal. */
final class WalTestServer implements AutoCloseable {
    private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");
    private final Path home;
    private final int port;

    WalTestServer(int segmentMegabytes, String... settings) throws Exception {
        home =
                Files.createTempDirectory(
                        "lifeboat-wal",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxrwxrwx")));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        run(
                program(
                        "initdb",
                        "-D",
                        data().toString(),
                        "-A",
                        "trust",
                        "-U",
                        "postgres",
                        "-N",
                        "--wal-segsize=" + segmentMegabytes));
        configure(
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = '" + home + "'",
                "fsync = off",
                "max_prepared_transactions = 10",
                "wal_keep_size = 8GB",
                "max_wal_size = 8GB");
        configure(settings);
    }

    Path home() {
        return home;
    }

    Path data() {
        return home.resolve("data");
    }

    Path wal() {
        return data().resolve("pg_wal");
    }

    void configure(String... settings) throws IOException {
        Files.writeString(
                data().resolve("postgresql.conf"),
                String.join("\n", settings) + "\n",
                StandardOpenOption.APPEND);
    }

    void start() throws Exception {
        run(program("pg_ctl", "-D", data().toString(), "-w", "-l", home + "/log", "start"));
    }

    void stop(String mode) throws Exception {
        run(program("pg_ctl", "-D", data().toString(), "-w", "-m", mode, "stop"));
    }

    /** Runs each statement in a transaction of its own. */
    String sql(String... statements) throws Exception {
        return sqlIn("postgres", statements);
    }

    String sqlIn(String database, String... statements) throws Exception {
        var command =
                new ArrayList<>(
                        program("psql", "-h", "127.0.0.1", "-p", "" + port, "-U", "postgres"));
        command.addAll(List.of("-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database));
        for (String statement : statements) {
            command.add("-c");
            command.add(statement);
        }
        return run(command).strip();
    }

    /** Runs a script in one session. */
    void script(String text) throws Exception {
        Path file = Files.writeString(home.resolve("script.sql"), text);
        run(
                program(
                        "psql",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + port,
                        "-U",
                        "postgres",
                        "-Xq",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-f",
                        file.toString(),
                        "postgres"));
    }

    void pgbench(String... arguments) throws Exception {
        var command =
                new ArrayList<>(
                        program("pgbench", "-h", "127.0.0.1", "-p", "" + port, "-U", "postgres"));
        command.addAll(List.of(arguments));
        command.add("postgres");
        run(command);
    }

    /** The segments of timeline 1 in pg_wal, recycled ones included. */
    List<Path> segments() throws IOException {
        try (var files = Files.list(wal())) {
            return files.filter(f -> f.getFileName().toString().matches("[0-9A-F]{24}"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> program(String name, String... arguments) {
        var command =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=postgres",
                                "--regid=postgres",
                                "--clear-groups",
                                BIN.resolve(name).toString()));
        if (!System.getProperty("user.name").equals("root")) {
            command.subList(0, 4).clear();
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** The dump of the log in that folder; ends with an error, as the log does. */
    static ProcessBuilder waldump(Path folder, List<String> arguments) {
        var command =
                new ArrayList<>(List.of(BIN.resolve("pg_waldump").toString(), "-p", "" + folder));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().put("TZ", "UTC");
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("lifeboat-wal", ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(Path.of("/tmp").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            int status = process.waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (status != 0) {
                throw new IOException(
                        String.join(" ", command) + " ended with " + status + ": " + text);
            }
            return text;
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws Exception {
        if (Files.exists(data().resolve("postmaster.pid"))) {
            stop("immediate");
        }
        try (var files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(
                            file -> {
                                try {
                                    Files.delete(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
