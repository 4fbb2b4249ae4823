package dev.lifeboat.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.Faults;
import dev.lifeboat.storage.FaultyStore;
import dev.lifeboat.storage.LimitedStore;
import dev.lifeboat.storage.MeteredStore;
import dev.lifeboat.storage.MultipartOutput;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectStoreContract;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.ParallelListing;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region.Role;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionCopy;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.RetryPolicy;
import dev.lifeboat.storage.RetryingStore;
import dev.lifeboat.storage.StorageException.Kind;
import dev.lifeboat.storage.StoreMeter;
import dev.lifeboat.storage.Stored;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The whole stack over a real server, with one request in ten going wrong; and two regions. */
class FaultyS3IT extends ObjectStoreContract {
    private static final Secret SECRET = Secret.of("sandbox-secret-key");
    @TempDir private static Path folder;
    private static S3Server primary;
    private static S3Server dr;
    private static int buckets;
    private final StoreMeter meter = new StoreMeter();
    private String bucket;

    @BeforeAll
    static void startServers() throws Exception {
        primary = S3Server.start(folder.resolve("us-east-1"), "sandbox", SECRET, List.of());
        dr = S3Server.start(folder.resolve("eu-west-1"), "sandbox", SECRET, List.of());
    }

    @AfterAll
    static void stopServers() throws Exception {
        primary.close();
        dr.close();
    }

    @Override
    protected ObjectStore open() throws IOException {
        bucket = "bucket-" + ++buckets;
        return stack("us-east-1", primary, Faults.network(0.1), 20);
    }

    private ObjectStore stack(String region, S3Server server, Faults faults, int attempts)
            throws IOException {
        Files.createDirectories(folder.resolve(region).resolve(bucket));
        S3Settings settings =
                S3Settings.of(bucket)
                        .withRegion(region)
                        .withEndpoint(server.endpoint())
                        .withPatience(Duration.ofSeconds(20))
                        .withCredentials(new S3Settings.Credentials.Keys("sandbox", SECRET));
        ObjectStore faulty =
                new FaultyStore(
                        new S3ObjectStore(settings, Clock.systemUTC()),
                        faults,
                        new Random(11),
                        _ -> {});
        return new RetryingStore(
                new MeteredStore(new LimitedStore(faulty, 32, 0, _ -> {}), meter),
                new RetryPolicy(
                        attempts,
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMinutes(5)),
                Clock.systemUTC(),
                CancelToken.never()::sleep,
                new Random(12),
                meter);
    }

    @Test
    void losesNothingWhenOneRequestInTenFails() throws Exception {
        for (int i = 0; i < 200; i++) {
            byte[] body = random(1000 + i);
            store.put("wal/%024X".formatted(i), ByteSource.of(body), PutOptions.plain());
        }
        byte[] large = random(23_000_000);
        Stored stored;
        try (var out = new MultipartOutput(store, "large", PutOptions.plain(), 5 << 20, 3)) {
            out.write(large);
            stored = out.complete();
        }

        for (int i = 0; i < 200; i++) {
            assertThat(read(store, "wal/%024X".formatted(i))).isEqualTo(random(1000 + i));
        }
        assertThat(read(store, "large")).isEqualTo(large);
        assertThat(stored.info().sizeBytes()).isEqualTo(large.length);
        assertThat(new ParallelListing(store, 4).all("wal/", CancelToken.never())).hasSize(200);
        assertThat(store.pendingUploads("")).isEmpty();
        assertThat(meter.snapshot().retries()).isGreaterThan(20);
    }

    @Test
    void readsOnFromTheOtherRegionWhileTheFirstIsDark() throws Exception {
        ObjectStore east = stack("us-east-1", primary, Faults.none(), 3);
        ObjectStore west = stack("eu-west-1", dr, Faults.none(), 3);
        for (int i = 0; i < 10; i++) {
            east.put("wal/" + i, ByteSource.of(random(3_000_000 + i)), PutOptions.plain());
        }
        RegionCopy.Outcome copied =
                new RegionCopy(east, west, 4)
                        .copyMissing("", _ -> false, CancelToken.never(), Progress.unwatched());
        RegionPair pair = new RegionPair(east, west, RegionChoice.AUTO);
        try (ObjectStream underWay = pair.get("wal/0", ByteRange.whole())) {
            underWay.readNBytes(1000);
            primary.goDark();

            underWay.readAllBytes();
            assertThat(read(pair, "wal/7")).isEqualTo(random(3_000_007));
            assertThat(pair.find("wal/3").orElseThrow().region().role()).isEqualTo(Role.DR);
            assertThat(pair.put("new", ByteSource.of(bytes("x")), PutOptions.plain()).diverted())
                    .isPresent();
            fails(Kind.UNREACHABLE, () -> pair.provenAbsent("wal/nothing"));
        } finally {
            primary.comeBack();
        }
        assertThat(copied.copied()).isEqualTo(10);
        assertThat(pair.provenAbsent("wal/nothing")).isTrue();
        assertThat(east.head("new")).isEmpty();
    }

    private static byte[] read(ObjectStore from, String key) throws Exception {
        try (ObjectStream stream = from.get(key, ByteRange.whole(), null)) {
            return stream.readAllBytes();
        }
    }

    private static byte[] read(RegionPair from, String key) throws Exception {
        try (ObjectStream stream = from.get(key, ByteRange.whole())) {
            ObjectInfo info = stream.info();
            assertThat(info.key()).isEqualTo(key);
            return stream.readAllBytes();
        }
    }
}
