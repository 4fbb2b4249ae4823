package dev.lifeboat.restore;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.place.ClaimedDirectory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes away what a restore itself made, and nothing else. No server may run. */
record Removal(RestoreSite site) {
    /** Empties the directories, so that the restore can begin anew. */
    void clear() throws RecoveryException {
        for (ClaimedDirectory directory : directories()) {
            if (directory.state() == ClaimedDirectory.State.OURS) {
                directory.clear();
            }
        }
        removeSpool();
    }

    /** Removes everything but the plan, the journal and the server's log. */
    void all() throws RecoveryException {
        for (ClaimedDirectory directory : directories()) {
            if (directory.state() == ClaimedDirectory.State.OURS) {
                directory.remove();
            }
        }
        removeSpool();
        for (Path own :
                List.of(site.folder().originals(), site.folder().path().resolve("control"))) {
            remove(own);
        }
        var socket =
                site.history().last(RestoreHistory.SOCKET).flatMap(event -> event.text("path"));
        if (socket.isPresent()) {
            remove(Path.of(socket.get()));
        }
    }

    private List<ClaimedDirectory> directories() {
        List<ClaimedDirectory> all = new ArrayList<>(site.tablespaces());
        for (Path made : site.history().madeForTablespaces()) {
            all.add(site.claimed(made));
        }
        all.add(site.data());
        return all;
    }

    private void removeSpool() throws RecoveryException {
        remove(site.spoolRoot());
    }

    private void remove(Path path) throws RecoveryException {
        if (site.files().exists(path)) {
            site.files().deleteTree(path, path.getParent());
        }
    }
}
