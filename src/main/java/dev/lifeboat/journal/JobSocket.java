package dev.lifeboat.journal;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;

/**
 * The ear of a running job: takes one line a connection ({@code stop}, {@code abort}) and answers
 * with one line. The socket lies in a folder of its own that only the owner may enter; a file in
 * the job's folder names it, because a socket's path may have about 100 bytes only (Source:
 * unix(7), {@code sun_path}).
 */
public final class JobSocket implements AutoCloseable {
    private static final String POINTER = "socket.path";
    private static final int LONGEST_LINE = 4096;

    private final Path pointer;
    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel server;

    private JobSocket(Path pointer, Path folder, Path socket, ServerSocketChannel server) {
        this.pointer = pointer;
        this.folder = folder;
        this.socket = socket;
        this.server = server;
    }

    /**
     * Listens until closed, in a daemon thread of its own.
     *
     * @param answer turns a line into the answer; called by one thread at a time
     */
    public static JobSocket listen(Path jobFolder, UnaryOperator<String> answer)
            throws RecoveryException {
        try {
            Path folder =
                    Files.createTempDirectory(
                            "lifeboat-",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
            Path socket = folder.resolve("s");
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            Path pointer = jobFolder.resolve(POINTER);
            Files.writeString(pointer, socket.toString());
            var ear = new JobSocket(pointer, folder, socket, server);
            Thread.ofPlatform().daemon().name("job-socket").start(() -> ear.serve(answer));
            return ear;
        } catch (IOException failed) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The job cannot listen for requests to stop.",
                    "The file system answered: " + failed.getMessage() + ".",
                    "Free space or mend the rights of the temporary folder, then start again.",
                    failed);
        }
    }

    /**
     * Sends a line to the process that works on the job.
     *
     * @return its answer
     * @throws RecoveryException JOB_UNKNOWN when no process listens
     */
    public static String ask(Path jobFolder, String line) throws RecoveryException {
        try {
            Path socket = Path.of(Files.readString(jobFolder.resolve(POINTER)).strip());
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
                return readLine(channel);
            }
        } catch (IOException nobody) {
            throw new RecoveryException(
                    ProblemCode.JOB_UNKNOWN,
                    "No process is working on this job.",
                    "Nothing answers on the socket named in " + jobFolder.resolve(POINTER) + ".",
                    "See how it stands with: lifeboat restores show " + jobFolder.getFileName(),
                    nobody);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(pointer);
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        } catch (IOException harmless) {
            // A pointer that leads nowhere is told from a live one by asking.
        }
    }

    private void serve(UnaryOperator<String> answer) {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                String reply = answer.apply(readLine(client));
                client.write(ByteBuffer.wrap((reply + "\n").getBytes(StandardCharsets.UTF_8)));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException clientWentAway) {
                // The next one may be luckier.
            }
        }
    }

    private static String readLine(SocketChannel channel) throws IOException {
        var reader =
                new BufferedReader(
                        Channels.newReader(channel, StandardCharsets.UTF_8), LONGEST_LINE);
        String line = reader.readLine();
        return line == null ? "" : line;
    }
}
