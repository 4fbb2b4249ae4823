package dev.lifeboat.backup;

import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.postgres.PgBaseBackup;
import dev.lifeboat.postgres.ServerInfo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gets the tar streams of a cluster into the bucket as frames: straight from pg_basebackup, or by
 * way of a folder when the cluster has tablespaces, since the program writes only one tar to its
 * output.
 */
final class BaseStreams {
    static final String BASE = "base";

    private final FrameStreams open;
    private final BackupRun run;
    private final List<StoredObject> frames = new ArrayList<>();
    private final Map<String, Long> plainBytes = new HashMap<>();
    private final BaseCapture capture = new BaseCapture();

    /** Opens the way into the bucket for one stream. */
    interface FrameStreams {
        FrameStream open(String stream, TarScanner.TarVisitor visitor, CancelToken cancel);
    }

    BaseStreams(FrameStreams open, BackupRun run) throws RecoveryException {
        this.open = open;
        this.run = run;
    }

    /** What became of the streams. */
    record Taken(List<StoredObject> frames, Map<String, Long> plainBytes, BaseCapture.Seen seen) {}

    /** Streams a cluster without tablespaces. */
    Taken direct(PgBaseBackup program, BackupSource source, String label, CancelToken cancel)
            throws RecoveryException {
        try (FrameStream stream = open.open(BASE, capture, cancel)) {
            say(program.toStream(source.database(), label, stream, Progress.unwatched(), cancel));
            keep(BASE, stream);
        } catch (IOException broken) {
            throw problem(broken);
        }
        return new Taken(frames, plainBytes, capture.seen());
    }

    /** Streams a cluster with tablespaces. */
    Taken staged(
            PgBaseBackup program,
            BackupSource source,
            String label,
            List<ServerInfo.Tablespace> tablespaces,
            Path staging,
            CancelToken cancel)
            throws RecoveryException {
        say(program.toDirectory(source.database(), label, staging, cancel));
        var staged = new StagedTars(staging);
        for (ServerInfo.Tablespace tablespace : tablespaces) {
            String name = Long.toString(tablespace.oid());
            send(name, new Unseen(), cancel, stream -> staged.copy(name, stream));
        }
        send(BASE, capture, cancel, stream -> staged.copyBase(BASE, stream, run.clock().instant()));
        return new Taken(frames, plainBytes, capture.seen());
    }

    private interface Filling {
        void fill(FrameStream stream) throws IOException;
    }

    private void send(
            String name, TarScanner.TarVisitor visitor, CancelToken cancel, Filling filling)
            throws RecoveryException {
        try (FrameStream stream = open.open(name, visitor, cancel)) {
            filling.fill(stream);
            keep(name, stream);
        } catch (IOException broken) {
            throw problem(broken);
        }
    }

    private void keep(String name, FrameStream stream) throws RecoveryException {
        frames.addAll(stream.finish());
        plainBytes.put(name, stream.plainBytes());
    }

    private void say(List<String> warnings) {
        warnings.forEach(line -> run.log().say("pg_basebackup: " + line));
    }

    private static RecoveryException problem(IOException broken) throws RecoveryException {
        try {
            return StreamException.unwrap(broken);
        } catch (IOException unknown) {
            throw StagedTars.unreadable(unknown);
        }
    }

    /** A tablespace has nothing that the manifest must tell. */
    private static final class Unseen implements TarScanner.TarVisitor {
        @Override
        public void begin(TarMember member) {}

        @Override
        public void content(byte[] bytes, int offset, int length) {}

        @Override
        public void end(TarMember member) {}
    }
}
