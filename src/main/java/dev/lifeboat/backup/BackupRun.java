package dev.lifeboat.backup;

import dev.lifeboat.journal.RunLog;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;

import java.nio.file.Path;
import java.time.Clock;

/**
 * How one backup runs.
 *
 * @param home LIFEBOAT_HOME: journals of running backups lie below
 * @param log what is done, for people
 * @param progress of a base its plain bytes, of the estimated size of the cluster; of a dump the
 *     bytes that pg_dump gave, which are compressed: how many come nobody knows before
 * @param tool the version of Lifeboat, for the manifest
 */
public record BackupRun(
        Clock clock, Path home, RunLog log, Progress progress, CancelToken cancel, String tool) {}
