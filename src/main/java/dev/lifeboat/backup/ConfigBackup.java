package dev.lifeboat.backup;

import dev.lifeboat.backup.BackupAttempt.Started;
import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.ManifestJson;
import dev.lifeboat.catalog.configuration.ConfigFiles;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.storage.ByteSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Takes a backup of a cluster's configuration files, and a commit of them where that is wanted. */
public final class ConfigBackup {
    private final BackupSource source;
    private final BackupTarget target;
    private final BackupRun run;
    private final Optional<Path> git;

    /**
     * @param git the folder that gets a commit, too
     */
    public ConfigBackup(
            BackupSource source, BackupTarget target, BackupRun run, Optional<Path> git) {
        this.source = source;
        this.target = target;
        this.run = run;
        this.git = git;
    }

    private record Before(ServerInfo server, Manifest.ClusterFacts facts, ConfigFiles files) {}

    /**
     * Takes the backup. A failure leaves nothing of it in the bucket; a git folder that cannot be
     * written is a warning.
     *
     * @throws RecoveryException ROLE_WITHOUT_RIGHTS when the files may not be read, or what server
     *     or store say
     */
    public BackupResult take() throws RecoveryException {
        Before before = before();
        run.log().say("Configuration files: " + String.join(", ", before.files.paths()) + ".");
        BackupResult result =
                new BackupAttempt(BackupKind.CONFIG, source, target, run)
                        .make(started -> take(started, before));
        return git.isEmpty() ? result : committed(result, before.files, git.get());
    }

    private Before before() throws RecoveryException {
        try (Database session = Database.connect(source.database(), run.cancel())) {
            ServerInfo server = ServerInfo.read(session);
            BaseChecks.requireKnownVersion(server);
            ServerInfo.Paths paths =
                    server.paths()
                            .orElseThrow(
                                    () ->
                                            new RecoveryException(
                                                    ProblemCode.ROLE_WITHOUT_RIGHTS,
                                                    "Where the configuration lies is not known.",
                                                    "The role may not read the server's settings.",
                                                    "GRANT pg_read_all_settings TO that role."));
            return new Before(
                    server,
                    new ClusterFactsReader(source.database(), run.cancel()).facts(session, server),
                    new ConfigCollector(session, source.host()).collect(paths));
        }
    }

    private BackupResult take(Started started, Before before) throws RecoveryException {
        String key = started.objects().stem() + BackupKeys.CONFIG_SUFFIX;
        var stored = new ByteArrayOutputStream();
        EncodedDigests digests = encode(before.files.toTar(), stored);
        started.objects().put(key, ByteSource.of(stored.toByteArray()));
        var object =
                new Manifest.StoredObject(
                        key,
                        "files",
                        digests.plain().sizeBytes(),
                        digests.plain().sha256(),
                        digests.stored().sizeBytes(),
                        digests.stored().sha256(),
                        null,
                        0,
                        null);
        Manifest manifest = manifest(started, before, object);
        started.objects().putManifest(ManifestJson.write(manifest, target.keys().current()));
        return new BackupResult(
                started.id(),
                BackupKind.CONFIG,
                started.objects().manifestKey(),
                started.destination().region().role(),
                manifest.plainBytes(),
                manifest.storedBytes(),
                started.seconds(),
                started.destination().diverted(),
                List.of());
    }

    private EncodedDigests encode(byte[] tar, ByteArrayOutputStream stored)
            throws RecoveryException {
        try (var out =
                new EncodingOutput(
                        stored,
                        Encoding.encrypted(Compression.ZSTD, target.keys().current()),
                        tar.length,
                        run.cancel(),
                        run.progress())) {
            out.write(tar);
            return out.finish();
        } catch (IOException failed) {
            try {
                throw StreamException.unwrap(failed);
            } catch (IOException impossible) {
                throw new IllegalStateException("memory does not fail", impossible);
            }
        }
    }

    private Manifest manifest(Started started, Before before, Manifest.StoredObject object) {
        return new Manifest(
                Manifest.FORMAT,
                started.id(),
                BackupKind.CONFIG,
                source.database().database(),
                before.server.systemIdentifier(),
                before.server.version().number(),
                started.startedAt(),
                run.clock().instant(),
                object.plainBytes(),
                object.storedBytes(),
                BaseManifest.encryption(target.keys().current()),
                "zstd",
                List.of(object),
                null,
                before.facts,
                List.of(),
                RestoreByHand.config(started.objects().store().name(), started.objects().stem()),
                new Manifest.Origin(source.host().name(), run.tool()));
    }

    private BackupResult committed(BackupResult result, ConfigFiles files, Path folder)
            throws RecoveryException {
        try {
            boolean changed =
                    new ConfigGit(source.host(), folder, run.cancel())
                            .commit(files, "Configuration as of " + result.id());
            run.log().say(changed ? "Committed to " + folder + "." : "Nothing changed for git.");
            return result;
        } catch (RecoveryException refused) {
            run.log().say("Warning: " + refused.problem());
            return result.warning("There is no commit of it: " + refused.problem());
        }
    }
}
