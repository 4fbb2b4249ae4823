package dev.lifeboat.sandbox.s3;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;

/**
 * One S3 server on a loopback port, over a folder that outlives it. It takes one pair of keys for
 * everything, speaks HTTP, and wants path-style addresses.
 *
 * <p>{@link #goDark()} makes it unreachable and {@link #comeBack()} reachable again under the same
 * address. Its methods are called by one thread at a time.
 */
public final class S3Server implements AutoCloseable {
    private static final int THREADS = 64;
    private final Path folder;
    private final String accessKey;
    private final Secret secretKey;
    private final int port;
    private S3Proxy proxy;

    private S3Server(Path folder, String accessKey, Secret secretKey) throws RecoveryException {
        this.folder = folder;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.proxy = listen(0);
        this.port = proxy.getPort();
    }

    /**
     * Starts a server on a free port. What the folder held before is served again.
     *
     * @param folder is created; on a file system with user attributes, which hold the metadata
     * @param secretKey stays the caller's
     * @param buckets are created where they are not there yet
     * @throws RecoveryException ENVIRONMENT_FAILED when the folder or a port cannot be had
     */
    public static S3Server start(
            Path folder, String accessKey, Secret secretKey, List<String> buckets)
            throws RecoveryException {
        try {
            Files.createDirectories(folder);
            for (String bucket : buckets) {
                Files.createDirectories(folder.resolve(bucket));
            }
            checkUserAttributes(folder);
        } catch (IOException | UnsupportedOperationException unusable) {
            throw new RecoveryException(
                    ProblemCode.ENVIRONMENT_FAILED,
                    "The folder " + folder + " cannot hold the buckets of the sandbox.",
                    "It was refused: " + unusable.getMessage() + ".",
                    "Choose a writable folder on a file system with user attributes, such as ext4,"
                            + " XFS, APFS or NTFS.",
                    unusable);
        }
        return new S3Server(folder, accessKey, secretKey.copy());
    }

    private static void checkUserAttributes(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".attributes", "");
        try {
            UserDefinedFileAttributeView view =
                    Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
            if (view == null) {
                throw new IOException("its file system has no user attributes");
            }
            view.write("lifeboat", ByteBuffer.wrap(new byte[] {1}));
        } finally {
            Files.delete(probe);
        }
    }

    /** Where clients find it; stays the same for its whole life. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Ends all connections and listens no longer: clients see connections refused. */
    public void goDark() throws RecoveryException {
        if (proxy != null) {
            S3Proxy ending = proxy;
            proxy = null;
            end(ending);
        }
    }

    /** Listens again, under the same address, with the same objects. */
    public void comeBack() throws RecoveryException {
        if (proxy == null) {
            proxy = listen(port);
        }
    }

    @Override
    public void close() throws RecoveryException {
        try (secretKey) {
            goDark();
        }
    }

    private S3Proxy listen(int wantedPort) throws RecoveryException {
        S3Proxy starting =
                S3Proxy.builder()
                        .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                        .endpoint(URI.create("http://127.0.0.1:" + wantedPort))
                        .awsAuthentication(
                                AuthenticationType.AWS_V4,
                                accessKey,
                                new String(secretKey.copyUtf8(), StandardCharsets.UTF_8))
                        .ignoreUnknownHeaders(true)
                        .jettyMaxThreads(THREADS)
                        .stopTimeout(0)
                        .build();
        try {
            starting.start();
            return starting;
        } catch (Exception failed) {
            throw failed("could not listen on 127.0.0.1:" + wantedPort, failed);
        }
    }

    private static void end(S3Proxy ending) throws RecoveryException {
        try {
            ending.stop();
        } catch (Exception failed) {
            throw failed("could not be stopped", failed);
        }
    }

    private static RecoveryException failed(String what, Exception cause) {
        return new RecoveryException(
                ProblemCode.ENVIRONMENT_FAILED,
                "The S3 server of the sandbox " + what + ".",
                "It failed with " + cause.getClass().getSimpleName() + ".",
                "Look at the log; free the port or stop other sandboxes.",
                cause);
    }
}
