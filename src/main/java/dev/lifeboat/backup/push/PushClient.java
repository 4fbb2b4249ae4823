package dev.lifeboat.backup.push;

import dev.lifeboat.journal.JobSocket;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.archive.Pushed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code wal push} where no marker answered: asks the resident, or pushes the file itself and
 * leaves a resident behind for the next ones.
 */
public final class PushClient {
    private static final Logger LOG = LoggerFactory.getLogger(PushClient.class);

    private final Path home;
    private final String stamp;
    private final OwnPush own;
    private final ResidentStart residents;

    /** Makes what pushing takes; only asked for when the resident does not answer. */
    public interface OwnPush {
        SegmentPush make() throws RecoveryException;
    }

    /** Starts a process that runs a {@link ResidentPusher} and outlives this one. */
    public interface ResidentStart {
        void start(DataDirectory directory) throws RecoveryException;
    }

    /**
     * The file is durable.
     *
     * @param diverted why the file is in the DR region alone
     * @param byResident whether the resident had done it, or did it now
     * @param alone why no resident pushes the next ones ahead, where one should
     */
    public record Result(
            Region.Role region,
            Optional<Problem> diverted,
            boolean byResident,
            Optional<Problem> alone) {}

    /**
     * @param home LIFEBOAT_HOME
     * @param stamp of the settings, as the launcher made it; empty: no resident is asked or
     *     started, since nobody knows whether it works with these settings
     */
    public PushClient(Path home, String stamp, OwnPush own, ResidentStart residents) {
        this.home = home;
        this.stamp = stamp;
        this.own = own;
        this.residents = residents;
    }

    /**
     * Archives {@code archive_command}'s {@code %p}. When this returns, the file is durable in S3.
     *
     * @throws RecoveryException why it is not
     */
    public Result push(Path walFile) throws RecoveryException {
        DataDirectory directory = DataDirectory.of(walFile);
        String name = walFile.getFileName().toString();
        return switch (ask(PushFolder.of(home, directory), name)) {
            case PushAnswer.Durable durable ->
                    new Result(durable.region(), durable.diverted(), true, Optional.empty());
            case PushAnswer.Failed failed -> throw new RecoveryException(failed.problem());
            case PushAnswer.NotSaid _ -> pushMyself(directory, name);
        };
    }

    private PushAnswer ask(PushFolder folder, String name) {
        if (stamp.isEmpty()) {
            return new PushAnswer.NotSaid();
        }
        try {
            return PushAnswer.read(
                    JobSocket.ask(folder.path(), ResidentPusher.request(name, stamp)));
        } catch (RecoveryException nobody) {
            LOG.debug("No resident answers in {}.", folder, nobody);
            return new PushAnswer.NotSaid();
        }
    }

    private Result pushMyself(DataDirectory directory, String name) throws RecoveryException {
        Pushed pushed = own.make().push(directory, name);
        return new Result(pushed.region(), pushed.diverted(), false, leaveResident(directory));
    }

    private Optional<Problem> leaveResident(DataDirectory directory) {
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        try {
            // Nobody hears a resident that ends because it may not write there.
            PushFolder.of(home, directory).create();
            residents.start(directory);
            return Optional.empty();
        } catch (RecoveryException none) {
            LOG.debug("No resident was started.", none);
            return Optional.of(none.problem());
        }
    }
}
