package dev.lifeboat.wal.archive;

import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.ArchivedWal;

import java.util.Comparator;

/** One form of a WAL file in one region, as a listing showed it. The best one comes first. */
record WalCopy(Region region, ArchivedWal wal, ObjectInfo listed) {
    static final Comparator<WalCopy> BEST_FIRST =
            Comparator.comparing((WalCopy copy) -> copy.wal.form())
                    .thenComparing(copy -> copy.region.role());

    /** To begin a sentence with. */
    String name() {
        return region.store().name() + "/" + listed.key();
    }

    /** Whether both are one object, copied: then nothing needs to be read to compare them. */
    boolean isCopyOf(WalCopy other) {
        return wal.equals(other.wal)
                && listed.sizeBytes() == other.listed.sizeBytes()
                && listed.etag().equals(other.listed.etag());
    }
}
