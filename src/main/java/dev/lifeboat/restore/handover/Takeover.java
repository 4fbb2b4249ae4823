package dev.lifeboat.restore.handover;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.ServerStart;
import dev.lifeboat.restore.PhysicalPlan;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is done to the copy itself to make it the database. For one thread. */
public final class Takeover {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String ARCHIVE_FILE = "lifeboat.archive.conf";

    private final Host host;
    private final PgInstallation programs;
    private final OsUser user;
    private final PhysicalPlan plan;
    private final Path originals;
    private final Path socketDirectory;
    private final Path log;
    private final List<String> roles;
    private final HandoverRequest request;
    private final CancelToken cancel;
    private ConnectionSpec door;

    /**
     * @param originals where the source's configuration was set aside
     * @param socketDirectory that nobody but the server's user may enter
     * @param log what the server writes
     * @param roles names that the superuser may have, the likeliest first
     */
    public Takeover(
            Host host,
            PgInstallation programs,
            OsUser user,
            PhysicalPlan plan,
            Path originals,
            Path socketDirectory,
            Path log,
            List<String> roles,
            HandoverRequest request,
            CancelToken cancel) {
        this.host = host;
        this.programs = programs;
        this.user = user;
        this.plan = plan;
        this.originals = originals;
        this.socketDirectory = socketDirectory;
        this.log = log;
        this.roles = List.copyOf(roles);
        this.request = request;
        this.cancel = cancel;
    }

    /**
     * Holds the old server to be out of the way.
     *
     * @return how that is known, for the journal
     * @throws RecoveryException OLD_SERVER_LIVES when it takes writes, whoever says otherwise; or
     *     when nobody knows and nobody answers for it
     */
    public Map<String, Object> requireFenced(OldServer old) throws RecoveryException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seen", old.seen());
        if (old.state() == OldServer.State.UNREACHABLE) {
            fields.put("how", "unreachable");
            return fields;
        }
        boolean attested = request.fencedBy().filter(name -> !name.isBlank()).isPresent();
        if (old.state() == OldServer.State.TAKES_WRITES || !attested) {
            throw HandoverProblems.notFenced(plan.id(), old);
        }
        fields.put("how", "attested");
        fields.put("by", request.fencedBy().orElseThrow());
        return fields;
    }

    /**
     * Puts the source's settings back, fit for this copy. The operator may mend the files
     * afterwards: they are written once.
     *
     * @param elsewhere asked when they lay outside the data directory
     */
    public Map<String, Object> putOwnSettingsBack(SettingsBack.Elsewhere elsewhere)
            throws RecoveryException {
        Map<String, Object> fields = address();
        fields.putAll(
                new SettingsBack(host.files(), user, plan.dataDirectory(), originals, elsewhere)
                        .put(settings()));
        return fields;
    }

    /** Where it is to serve, for the journal. */
    public Map<String, Object> address() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("listen", request.addresses());
        fields.put("port", port());
        return fields;
    }

    /**
     * Starts the server with its own settings, in place of the sealed one.
     *
     * @param elsewhere whether its address is no longer the one that was put into its settings
     * @throws RecoveryException SERVER_FAILED, PORT_TAKEN
     */
    public void start(HandoverWorld.Archiving archiving, boolean elsewhere)
            throws RecoveryException {
        write(ARCHIVE_FILE, archive(archiving) + (elsewhere ? listening() : ""));
        Optional<ServerProcess> sealed = ServerProcess.attach(host, plan.dataDirectory());
        if (sealed.isPresent()) {
            sealed.get().stopByAnyWay(PATIENCE, cancel);
        }
        var start =
                ServerStart.of(programs, user, plan.dataDirectory(), log)
                        .withEnvironment(archiving.environment())
                        .runningOn();
        ServerProcess.start(host, start).awaitReady(PATIENCE, cancel);
    }

    /** Whether a server runs on the data directory. */
    public boolean isRunning() throws RecoveryException {
        return ServerProcess.attach(host, plan.dataDirectory()).isPresent();
    }

    /** Asserts that the server that runs is the one that was restored. */
    public void requireItself(long timeline) throws RecoveryException {
        server().requireItself(plan.base().systemIdentifier(), timeline, request.archive());
    }

    /** Finishes a segment and waits until the archive took it. */
    public void requireArchiving(Duration patience) throws RecoveryException {
        server().requireArchiving(patience, log);
    }

    /** Gathers statistics. */
    public Map<String, Object> analyze() throws RecoveryException {
        server().analyze();
        return Map.of();
    }

    /** Says which indexes must be rebuilt, since this machine sorts text otherwise. */
    public Map<String, Object> listReindex() throws RecoveryException {
        return Map.of("commands", server().reindex());
    }

    /** How the OS user who runs the command reaches the database, by its guarded socket. */
    public ConnectionSpec door() {
        if (door == null) {
            throw new IllegalStateException("the server was not met yet");
        }
        return door.withDatabase(plan.base().database());
    }

    /** What applications are given: without a password, which only they know. */
    public String url() {
        String listened = request.addresses().split(",", 2)[0].strip();
        boolean all = listened.equals("*") || listened.equals("0.0.0.0") || listened.equals("::");
        return "postgresql://"
                + (all ? host.name() : listened)
                + ":"
                + port()
                + "/"
                + plan.base().database();
    }

    private HandedServer server() throws RecoveryException {
        if (door == null) {
            door = findDoor();
        }
        return new HandedServer(door, cancel);
    }

    private ConnectionSpec findDoor() throws RecoveryException {
        RecoveryException refused = null;
        for (String role : roles) {
            var spec = ConnectionSpec.local(socketDirectory, port(), "template1", role);
            try (Database _ = Database.connect(spec, cancel)) {
                return spec;
            } catch (RecoveryException failed) {
                if (failed.code() != ProblemCode.CREDENTIALS_REFUSED) {
                    throw failed;
                }
                refused = failed;
            }
        }
        throw refused;
    }

    private int port() {
        return request.port().orElse(plan.port());
    }

    /** The archive has a file of its own, since it is written anew by every run of the handover. */
    private Map<String, String> settings() {
        Map<String, String> settings = OwnSettings.settings();
        settings.put("listen_addresses", request.addresses());
        settings.put("port", Integer.toString(port()));
        settings.put("unix_socket_directories", socketDirectory.toString());
        settings.put("unix_socket_permissions", "0700");
        settings.put("synchronous_standby_names", "");
        settings.put("include", ARCHIVE_FILE);
        return settings;
    }

    private String archive(HandoverWorld.Archiving archiving) {
        return "# Written by Lifeboat when this copy was handed over.\n"
                + "archive_mode = '"
                + (request.archive() ? "on" : "off")
                + "'\narchive_command = '"
                + archiving.command().replace("\\", "\\\\").replace("'", "''")
                + "'\n";
    }

    /** Holds over what stands before the inclusion. */
    private String listening() {
        return "listen_addresses = '"
                + request.addresses().replace("'", "''")
                + "'\nport = "
                + port()
                + "\n";
    }

    private void write(String name, String content) throws RecoveryException {
        HostFiles files = host.files();
        files.writeDurably(
                plan.dataDirectory().resolve(name), content.getBytes(StandardCharsets.UTF_8), user);
    }
}
