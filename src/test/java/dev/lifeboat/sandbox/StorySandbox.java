package dev.lifeboat.sandbox;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.restore.RestoreFolder;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.secrets.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sandbox of the console's stories: a server that archives, its base, traffic, and the table
 * that somebody dropped. After that nothing writes any more, so that what there was is known. Each
 * story may have a home of its own. For one thread.
 */
public final class StorySandbox implements AutoCloseable {
    public static final Path LAUNCHER = Path.of("packaging/bin/lifeboat").toAbsolutePath();

    /** The profile whose key opens the backups. */
    public static final String PROFILE = "sandbox";

    /** The profile with a key that opens none of them. */
    public static final String WRONG_KEY = "wrong-key";

    private static final String KEY = "BACKUP_ENCRYPTION_KEY";
    private static final String HOME = "LIFEBOAT_HOME";
    private static final String LEFT = "left-here";
    private static final int TRANSACTIONS = 60;
    private final Host host = new LocalHost();
    private final CancelToken cancel = CancelToken.never();
    private final Sandbox sandbox;
    private final List<Path> homes = new ArrayList<>();
    private final Instant dropped;

    private StorySandbox(Sandbox sandbox) throws RecoveryException, IOException {
        this.sandbox = sandbox;
        homes.add(Path.of(sandbox.variables().get(HOME)));
        CommandRunner commands = commands(home());
        writeProfiles();
        Files.createDirectories(oldDirectory());
        Files.writeString(oldDirectory().resolve(LEFT), "by somebody");
        awaitTraffic();
        commands.run("backup", "base");
        awaitTraffic();
        dropped = new DroppedTable(sandbox, commands, _ -> {}).drop();
        awaitTraffic();
        sandbox.traffic().close();
        commands.run("backup", "wal");
        sandbox.replicateNow();
    }

    /** Starts one and plays it up to the incident. */
    public static StorySandbox start() throws RecoveryException, IOException {
        var sandbox =
                Sandbox.start(
                        new LocalHost(),
                        LAUNCHER,
                        System.getenv(),
                        false,
                        Clock.systemUTC(),
                        CancelToken.never());
        try {
            return new StorySandbox(sandbox);
        } catch (RecoveryException | IOException | RuntimeException failed) {
            sandbox.close();
            throw failed;
        }
    }

    private void awaitTraffic() throws RecoveryException {
        long goal = sandbox.traffic().committed() + TRANSACTIONS;
        while (sandbox.traffic().committed() < goal) {
            cancel.sleep(Duration.ofMillis(20));
        }
    }

    private CommandRunner commands(Path home) {
        Map<String, String> variables = new TreeMap<>(sandbox.variables());
        variables.put(HOME, home.toString());
        return new CommandRunner(host, LAUNCHER, variables, _ -> {}, cancel);
    }

    /** The settings come from the environment; a profile names its key alone. */
    private void writeProfiles() throws RecoveryException, IOException {
        try (Secret passphrase = EncryptionKey.generatePassphrase(new SecureRandom())) {
            host.files().writeDurably(wrongKey(), passphrase.copyUtf8(), host.currentUser());
        }
        Path file = config().resolve("lifeboat/profiles.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                """
                profiles:
                  %s:
                    environment: sandbox
                    encryption_key: %s
                  %s:
                    environment: sandbox
                    encryption_key: file:%s
                """
                        .formatted(PROFILE, sandbox.variables().get(KEY), WRONG_KEY, wrongKey()),
                StandardCharsets.UTF_8);
    }

    private Path wrongKey() {
        return sandbox.folder().resolve("wrong.key");
    }

    private Path config() {
        return sandbox.folder().resolve("config");
    }

    /** The variables of whoever opens the console: the key is told by the profiles alone. */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(System.getenv());
        variables.keySet().removeIf(name -> name.matches("(PG|AWS_|BACKUP_|LIFEBOAT_).*"));
        variables.putAll(sandbox.variables());
        variables.remove(KEY);
        variables.put(HOME, home().toString());
        variables.put("XDG_CONFIG_HOME", config().toString());
        return variables;
    }

    /** The data directory of the server that runs. */
    public Path liveDirectory() {
        return sandbox.folder().resolve("server/data");
    }

    /** A directory in which somebody left a file. */
    public Path oldDirectory() {
        return home().resolve("orders-old");
    }

    /** Whether that file is kept, in a directory with another name beside it. */
    public boolean keepsWhatWasLeft() throws IOException {
        try (Stream<Path> beside = Files.list(home())) {
            return beside.filter(path -> path.toString().startsWith(oldDirectory() + "_before_"))
                    .anyMatch(path -> Files.exists(path.resolve(LEFT)));
        }
    }

    /** When the server committed the drop. */
    public Instant dropped() {
        return dropped;
    }

    /** How a restore of this machine stands. */
    public RestoreView restore(String id) throws RecoveryException {
        return RestoreView.of(RestoreFolder.of(home(), id), host);
    }

    /** Whether anything was begun that makes a directory of data. */
    public boolean hasRestores() {
        return Files.exists(home().resolve("restores"));
    }

    /** Whoever opens the console from now on has a home where nothing was kept or restored. */
    public void moveHouse() throws IOException {
        Path home = sandbox.folder().resolve("home-" + homes.size());
        Files.createDirectory(home);
        Files.setPosixFilePermissions(home, Files.getPosixFilePermissions(home()));
        homes.add(home);
    }

    private Path home() {
        return homes.getLast();
    }

    /** How a server's rows differ from those committed by an instant; empty when they do not. */
    public String difference(String connection, Instant until) throws RecoveryException {
        ExpectedRows expected = ExpectedRows.at(sandbox.record(), until);
        try (var spec = ConnectionSpec.parse(connection, Map.of(), host.currentUser());
                Database restored = Database.connect(spec, cancel)) {
            RowComparison rows = RowComparison.of(expected, restored);
            return rows.holds() ? "" : rows.toString();
        }
    }

    /** How many rows a table had at an instant. */
    public int rows(String table, Instant at) throws RecoveryException {
        ExpectedRows expected = ExpectedRows.at(sandbox.record(), at);
        return expected.rows().entrySet().stream()
                .filter(entry -> entry.getKey().word().equals(table))
                .mapToInt(entry -> entry.getValue().size())
                .sum();
    }

    /** How many rows a table of the server that runs has now. */
    public long liveRows(String table) throws RecoveryException {
        try (var spec =
                        ConnectionSpec.parse(
                                sandbox.variables().get("DATABASE_URL"),
                                Map.of(),
                                host.currentUser());
                Database live = Database.connect(spec, cancel)) {
            return live.one(row -> row.number("rows"), "SELECT count(*) AS rows FROM " + table);
        }
    }

    /** The primary region cannot be reached from now on. */
    public void losePrimaryRegion() throws RecoveryException {
        sandbox.losePrimaryRegion();
    }

    /** The primary region can be reached again. */
    public void findPrimaryRegion() throws RecoveryException {
        sandbox.findPrimaryRegion();
    }

    /** From now on the key of {@link #WRONG_KEY} opens the backups. */
    public void putTheRightKey() throws RecoveryException, IOException {
        Path right = Path.of(sandbox.variables().get(KEY).substring("file:".length()));
        host.files().writeDurably(wrongKey(), Files.readAllBytes(right), host.currentUser());
    }

    /** Ends everything, restored servers included. */
    @Override
    public void close() throws RecoveryException {
        try {
            for (Path home : homes) {
                discardAll(home);
            }
        } finally {
            sandbox.close();
        }
    }

    private void discardAll(Path home) throws RecoveryException {
        for (RestoreView restore : RestoreView.list(home, host)) {
            if (restore.connection().isPresent()) {
                commands(home).run("restores", "discard", restore.id(), "--confirm", restore.id());
            }
        }
    }
}
