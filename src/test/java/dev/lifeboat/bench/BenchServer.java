package dev.lifeboat.bench;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An S3 server for the measurements beside other programs, over HTTP and, for those that speak
 * nothing else, over TLS. Serves a folder until its standard input ends. Run by {@code
 * src/test/bench/peers.sh}.
 */
public final class BenchServer {
    private BenchServer() {}

    /** Arguments: folder, port, port for TLS, key store and its password; buckets. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        for (int i = 5; i < arguments.length; i++) {
            Files.createDirectories(folder.resolve(arguments[i]));
        }
        S3Proxy proxy =
                S3Proxy.builder()
                        .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                        .endpoint(URI.create("http://127.0.0.1:" + arguments[1]))
                        .secureEndpoint(URI.create("https://127.0.0.1:" + arguments[2]))
                        .keyStore(arguments[3], arguments[4])
                        .awsAuthentication(AuthenticationType.AWS_V4, "bench", "bench-secret")
                        .ignoreUnknownHeaders(true)
                        .jettyMaxThreads(64)
                        .stopTimeout(0)
                        .build();
        proxy.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Until whoever started it is gone.
        }
        proxy.stop();
    }
}
