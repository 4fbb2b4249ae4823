package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.host.ServerUser;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a new cluster with page checksums, UTF-8 and the C locale, whose superuser {@code postgres}
 * is let in over the socket without a password ({@code trust}): the socket's directory must be
 * closed to others.
 *
 * <p>Source: PostgreSQL documentation, initdb.
 */
public final class InitDb {
    public static final String SUPERUSER = "postgres";
    private final Host host;
    private final PgInstallation programs;

    public InitDb(Host host, PgInstallation programs) {
        this.host = host;
        this.programs = programs;
    }

    /**
     * Makes the cluster; the directory's parent must exist and be open to the user.
     *
     * @param owner the unprivileged user the server will run as
     * @param further options of {@code initdb}, for example {@code --wal-segsize=1}
     * @throws RecoveryException {@code TARGET_NOT_EMPTY} when the directory holds something, {@code
     *     TARGET_NOT_WRITABLE} when the user cannot come there, {@code PROGRAM_FAILED} otherwise
     */
    public void run(Path dataDirectory, OsUser owner, List<String> further, CancelToken cancel)
            throws RecoveryException {
        requireEmpty(dataDirectory);
        host.files().createPrivateDirectory(dataDirectory, owner);
        ServerUser.requireReach(host, owner, dataDirectory);
        var command = new ArrayList<String>();
        command.add(programs.path(PgProgram.INITDB).toString());
        command.addAll(List.of("-D", dataDirectory.toString(), "-U", SUPERUSER));
        command.addAll(List.of("--auth-local=trust", "--auth-host=scram-sha-256"));
        command.addAll(List.of("--encoding=UTF8", "--locale=C", "--data-checksums"));
        command.addAll(further);
        ProgramRun.capture(host, ProcessSpec.of(command).as(owner), cancel).orThrow();
    }

    private void requireEmpty(Path dataDirectory) throws RecoveryException {
        if (host.files().exists(dataDirectory) && !host.files().list(dataDirectory).isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.TARGET_NOT_EMPTY,
                    "No cluster can be made in " + dataDirectory + ".",
                    "The directory is not empty.",
                    "Choose a directory that is empty or does not exist.");
        }
    }
}
