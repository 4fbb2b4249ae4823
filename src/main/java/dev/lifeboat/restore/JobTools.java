package dev.lifeboat.restore;

import dev.lifeboat.host.Host;

import java.time.Clock;
import java.util.Optional;

/** What a restore works with; each kind of restore has tools of its own. */
public sealed interface JobTools permits RestoreTools, LogicalTools {
    Host host();

    Clock clock();

    /** Who keeps the record of the restore; empty where there is no bucket. */
    Optional<RecordKeeper> recordKeeper();

    /** Keeps others from restoring into the same place; empty where nobody else can. */
    Optional<TargetLeases> leases();
}
