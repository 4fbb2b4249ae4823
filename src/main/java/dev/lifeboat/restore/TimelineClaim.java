package dev.lifeboat.restore;

import dev.lifeboat.host.HostFiles;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.archive.WalInventory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Has a promotion choose a timeline that no region knows: PostgreSQL takes the number behind the
 * last of an unbroken row of history files, so files stand in its folder for every number that is
 * taken, and go away afterwards.
 *
 * <p>Source: {@code src/backend/access/transam/timeline.c}, findNewestTimeLine and
 * existsTimeLineHistory, which look into pg_wal once restore_command knows no such file.
 */
record TimelineClaim(RestoreSite site) {
    /** Numbers left free for what may lie in a region that was not seen. */
    private static final int MARGIN = 16;

    private static final String TEXT =
            "# Passed over by Lifeboat: this timeline is another server's.\n";

    /**
     * Puts the files there.
     *
     * @throws RecoveryException when no region could be listed
     */
    void passOverKnownTimelines(CancelToken cancel) throws RecoveryException {
        long own = site.plan().timelines().getLast();
        long last = highest(cancel);
        for (long number = own + 1; number <= last; number++) {
            Path file = file(number);
            if (!site.files().exists(file)) {
                site.files()
                        .writeDurably(
                                file,
                                TEXT.getBytes(StandardCharsets.UTF_8),
                                site.tools().serverUser());
            }
        }
        if (last > own) {
            site.journal().record("timelines-passed-over", Map.of("from", own + 1, "to", last));
        }
    }

    /** Takes away what {@link #passOverKnownTimelines} put there. */
    void removeFiles() throws RecoveryException {
        HostFiles files = site.files();
        for (Path file : placeholders()) {
            files.deleteTree(file, site.serverWal());
        }
    }

    /** Whether any region that was seen has WAL or a history of this timeline. */
    boolean isKnown(long timeline, CancelToken cancel) throws RecoveryException {
        return inventory(cancel).timelines().contains(new TimelineId(timeline));
    }

    private long highest(CancelToken cancel) throws RecoveryException {
        WalInventory inventory = inventory(cancel);
        boolean seenAll = inventory.unlisted().isEmpty() && site.plan().region().equals("auto");
        long known =
                inventory.timelines().isEmpty()
                        ? site.plan().timelines().getLast()
                        : inventory.timelines().last().value();
        return seenAll ? known : known + MARGIN;
    }

    private WalInventory inventory(CancelToken cancel) throws RecoveryException {
        return site.tools().wal().inventory(cancel);
    }

    private List<Path> placeholders() throws RecoveryException {
        List<Path> found = new ArrayList<>();
        for (Path file : site.files().list(site.serverWal())) {
            if (file.toString().endsWith(".history") && site.files().readText(file).equals(TEXT)) {
                found.add(file);
            }
        }
        return found;
    }

    private Path file(long number) {
        return site.serverWal().resolve(new WalFileName.History(new TimelineId(number)).name());
    }
}
