package dev.lifeboat.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Lines to both regions that can be made slow: all answers together then come at so many bytes a
 * second. Safe for any thread.
 */
public final class SlowLines implements AutoCloseable {
    private static final List<String> ENDPOINTS =
            List.of("BACKUP_ENDPOINT_URL", "BACKUP_SECONDARY_ENDPOINT_URL");
    private static final int PIECE = 4 * 1024;
    private static final long SECOND_NANOS = 1_000_000_000;
    private final List<ServerSocket> ears = new ArrayList<>();
    private final Map<String, String> variables;
    private volatile long bytesPerSecond = SECOND_NANOS;

    /**
     * Opens them; they are quick.
     *
     * @param direct the variables of whoever uses no such line
     */
    public SlowLines(Map<String, String> direct) throws IOException {
        variables = new TreeMap<>(direct);
        for (String endpoint : ENDPOINTS) {
            var ear = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
            ears.add(ear);
            int server = URI.create(direct.get(endpoint)).getPort();
            Thread.ofVirtual().start(() -> listen(ear, server));
            variables.put(endpoint, "http://127.0.0.1:" + ear.getLocalPort());
        }
    }

    /** The variables of whoever uses these lines. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** Brings no more than that from now on. */
    public void slow(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Brings at once what there is. */
    public void quick() {
        slow(SECOND_NANOS);
    }

    /** No more lines are opened; those that are end with their clients. */
    @Override
    public void close() {
        try {
            for (ServerSocket ear : ears) {
                ear.close();
            }
        } catch (IOException unwilling) {
            throw new UncheckedIOException(unwilling);
        }
    }

    private void listen(ServerSocket ear, int server) {
        while (!ear.isClosed()) {
            try {
                Socket client = ear.accept();
                Thread.ofVirtual().start(() -> carry(client, server));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket client, int server) {
        try (client;
                var behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
            Thread.ofVirtual().start(() -> carry(client, behind));
            InputStream answers = behind.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] piece = new byte[PIECE];
            for (int read = answers.read(piece); read >= 0; read = answers.read(piece)) {
                pace(read);
                out.write(piece, 0, read);
            }
        } catch (IOException ended) {
            // Whoever hung up is told of it by the other side's end.
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // As above.
        }
    }

    /** One piece after the other, each for as long as it takes. */
    private synchronized void pace(int bytes) {
        LockSupport.parkNanos(bytes * SECOND_NANOS / bytesPerSecond);
    }
}
