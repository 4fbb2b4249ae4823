package dev.lifeboat.restore;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.journal.Event;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.secrets.Secret;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of its own that works on a restore, and kills itself (KILL) at the first event of a
 * name. Arguments: folder of the restore, folder of the stores, passphrase, event, and the position
 * to advance to (none: it goes on with what was begun).
 */
final class RestoreChild {
    private RestoreChild() {}

    public static void main(String[] arguments) throws Exception {
        var folder = new RestoreFolder(Path.of(arguments[0]));
        try (var key = EncryptionKey.of(Secret.of(arguments[2]))) {
            RestoreTools tools =
                    SourceCluster.tools(Path.of(arguments[1]), new KeyRing(List.of(key)));
            RestoreJob job = RestoreJob.open(folder, tools, event -> dieAt(arguments[3], event));
            if (arguments.length > 4) {
                job.advance(
                        SourceCluster.advance(folder, tools, Lsn.parse(arguments[4])),
                        CancelToken.never());
            } else {
                job.run(CancelToken.never());
            }
        }
    }

    /**
     * Starts one.
     *
     * @param boundary the event at which it kills itself; one that never comes: it lives on
     * @param log where it writes
     */
    static Process start(SourceCluster source, RestoreFolder folder, String boundary, Redirect log)
            throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestoreChild.class.getName(),
                        folder.path().toString(),
                        source.storeFolder().toString(),
                        SourceCluster.PASSPHRASE,
                        boundary)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private static void dieAt(String name, Event event) {
        if (event.is(name) || name.equals(event.name() + ":" + event.text("stage").orElse(""))) {
            try {
                String pid = Long.toString(ProcessHandle.current().pid());
                new ProcessBuilder("kill", "-9", pid).start();
                Thread.sleep(60_000);
            } catch (IOException | InterruptedException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
