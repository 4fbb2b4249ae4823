package dev.lifeboat.restore;

import static dev.lifeboat.crypto.Keys.key;
import static dev.lifeboat.crypto.Keys.rows;

import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.pipeline.ObjectDecoder;
import dev.lifeboat.pipeline.StoredForm;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.storage.Faults;
import dev.lifeboat.storage.FaultyStore;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.RetryPolicy;
import dev.lifeboat.storage.RetryingStore;
import dev.lifeboat.storage.StoreMeter;

import java.io.ByteArrayOutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts what goes wrong under faults, many more than a test has time for: restores killed at
 * random instants, restores over stores of which one request in ten fails, damaged objects.
 * Arguments: kills, restores, objects (50 20 10000). Ends with 1 when anything was lost or
 * accepted.
 */
final class FaultsBench {
    private static final int KILLS_OF_ONE = 5;

    private final Random random = new Random();
    private final SourceCluster source;
    private int wrong;

    private FaultsBench(SourceCluster source) {
        this.source = source;
    }

    public static void main(String[] arguments) throws Exception {
        try (var source = SourceCluster.make()) {
            var bench = new FaultsBench(source);
            bench.killed(Integer.parseInt(arguments[0]));
            bench.overFailingStores(Integer.parseInt(arguments[1]));
            bench.damaged(Integer.parseInt(arguments[2]));
            System.exit(bench.wrong == 0 ? 0 : 1);
        }
    }

    private void killed(int kills) throws Exception {
        int done = 0;
        int restores = 0;
        while (done < kills) {
            restores++;
            Path home = source.folder("home");
            PhysicalPlan plan = plan(home);
            var folder = RestoreFolder.of(home, plan.id());
            RestoreJob.create(folder, plan, source.tools(), _ -> {});
            for (int kill = 0; kill < KILLS_OF_ONE; kill++) {
                Process child =
                        RestoreChild.start(source, folder, "no such event", Redirect.DISCARD);
                if (!child.waitFor(300 + random.nextInt(2500), TimeUnit.MILLISECONDS)) {
                    child.destroyForcibly().waitFor();
                    done++;
                }
            }
            judge(
                    RestoreJob.open(folder, source.tools(), _ -> {}).run(CancelToken.never()),
                    "after kills");
            remove(home, plan);
        }
        System.out.printf("killed: %d times in %d restores%n", done, restores);
    }

    private void overFailingStores(int restores) throws Exception {
        var meter = new StoreMeter();
        for (int i = 0; i < restores; i++) {
            Path home = source.folder("home");
            PhysicalPlan plan = plan(home);
            var folder = RestoreFolder.of(home, plan.id());
            RestoreTools tools = source.tools(store -> failing(store, meter));
            judge(
                    RestoreJob.create(folder, plan, tools, _ -> {}).run(CancelToken.never()),
                    "over failing stores");
            remove(home, plan);
        }
        System.out.printf(
                "one request in ten failing: %d restores, %d retries%n",
                restores, meter.snapshot().retries());
    }

    private ObjectStore failing(ObjectStore store, StoreMeter meter) {
        return new RetryingStore(
                new FaultyStore(store, Faults.network(0.1), random, _ -> {}),
                new RetryPolicy(
                        20, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMinutes(5)),
                Clock.systemUTC(),
                CancelToken.never()::sleep,
                random,
                meter);
    }

    private void damaged(int objects) throws Exception {
        byte[] plain = rows(100_000);
        var refused = new TreeMap<String, Integer>();
        int accepted = 0;
        try (EncryptionKey key = key("right")) {
            var out = new ByteArrayOutputStream();
            EncodedDigests digests;
            try (var encoding =
                    new EncodingOutput(
                            out,
                            Encoding.encrypted(Compression.ZSTD, key),
                            CancelToken.never(),
                            Progress.unwatched())) {
                encoding.write(plain);
                digests = encoding.finish();
            }
            byte[] stored = out.toByteArray();
            var form =
                    StoredForm.encrypted("Object", DecryptionKeys.certain(key), Compression.ZSTD)
                            .expecting(digests);
            for (int i = 0; i < objects; i++) {
                byte[] altered = alter(stored);
                if (Arrays.equals(altered, stored)) {
                    continue;
                }
                try {
                    ObjectDecoder.decode(form, altered, altered.length);
                    accepted++;
                } catch (RecoveryException problem) {
                    refused.merge(problem.code().name(), 1, Integer::sum);
                }
            }
        }
        wrong += accepted;
        System.out.printf("damaged: %d accepted, refused as %s%n", accepted, refused);
    }

    private byte[] alter(byte[] stored) {
        byte[] altered = stored.clone();
        int at = random.nextInt(stored.length);
        int length = 1 + random.nextInt(Math.min(4096, stored.length - at));
        switch (random.nextInt(5)) {
            case 0 -> altered[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> altered = Arrays.copyOf(stored, at);
            case 2 -> Arrays.fill(altered, at, at + length, (byte) 0);
            case 3 -> altered = Arrays.copyOf(stored, stored.length + length);
            default ->
                    System.arraycopy(
                            stored,
                            random.nextInt(stored.length - length + 1),
                            altered,
                            at,
                            length);
        }
        return altered;
    }

    private PhysicalPlan plan(Path home) throws Exception {
        return source.plan(home, source.points().getLast(), TargetAction.PAUSE);
    }

    private void judge(RestoreOutcome outcome, String when) throws Exception {
        long rows = source.points().getLast().rows();
        String expected = rows + " " + rows * (rows + 1) / 2;
        var spec =
                ConnectionSpec.parse(
                        outcome.connection().orElseThrow(), Map.of(), source.host().currentUser());
        try (Database session = Database.connect(spec, CancelToken.never())) {
            String found =
                    session.one(
                            row -> row.text("rows"),
                            "SELECT count(*) || ' ' || sum(id) AS rows FROM t");
            if (outcome.state() != RestoreState.PAUSED || !found.equals(expected)) {
                wrong++;
                System.out.println("WRONG " + when + ": " + found + ", expected " + expected);
            }
        }
    }

    private void remove(Path home, PhysicalPlan plan) throws Exception {
        var server = ServerProcess.attach(source.host(), plan.dataDirectory());
        if (server.isPresent()) {
            server.get().stop(StopMode.IMMEDIATE, Duration.ofMinutes(1), CancelToken.never());
        }
        source.host().files().deleteTree(home, home.getParent());
    }
}
