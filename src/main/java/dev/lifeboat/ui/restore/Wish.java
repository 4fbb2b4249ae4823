package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.ui.task.ConsoleServices;

import java.util.ArrayList;
import java.util.List;

/** What somebody wants restored: how it is planned, and the command that means the same. */
public sealed interface Wish {
    /** {@code auto}, {@code primary} or {@code dr}. */
    String region();

    /** The same, taken from elsewhere. */
    Wish from(String region);

    /** The plan; blocks, and changes nothing. */
    RestorePlan plan(ConsoleServices services, CancelToken cancel) throws RecoveryException;

    /** The words of the command, without what was said about its checklist. */
    List<String> words();

    /** A cluster from a base and WAL. */
    record Cluster(RestoreRequest request) implements Wish {
        @Override
        public String region() {
            return request.region();
        }

        @Override
        public Wish from(String region) {
            return new Cluster(
                    new RestoreRequest(
                            request.backup(),
                            request.target(),
                            request.action(),
                            region,
                            request.into(),
                            request.port(),
                            request.jobs()));
        }

        @Override
        public RestorePlan plan(ConsoleServices services, CancelToken cancel)
                throws RecoveryException {
            return services.plan(request, cancel);
        }

        @Override
        public List<String> words() {
            List<String> words = new ArrayList<>(List.of("restore", request.backup()));
            words.addAll(TargetChoice.options(request.target()));
            words.addAll(List.of("--action", request.action().word(), "--region", region()));
            request.into().ifPresent(path -> words.addAll(List.of("--into", path.toString())));
            request.port()
                    .ifPresent(port -> words.addAll(List.of("--port", Integer.toString(port))));
            return words;
        }
    }

    /** A dump into the database that is set up. */
    record Dump(LogicalRequest request) implements Wish {
        @Override
        public String region() {
            return request.region();
        }

        @Override
        public Wish from(String region) {
            return new Dump(new LogicalRequest(request.backup(), region, request.jobs()));
        }

        @Override
        public RestorePlan plan(ConsoleServices services, CancelToken cancel)
                throws RecoveryException {
            return services.plan(request, cancel);
        }

        @Override
        public List<String> words() {
            return List.of("restore", request.backup(), "--region", region());
        }
    }
}
