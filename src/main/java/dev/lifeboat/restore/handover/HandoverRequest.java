package dev.lifeboat.restore.handover;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the restored server is to serve.
 *
 * @param listen {@code listen_addresses}; empty for localhost
 * @param port empty for the port it has
 * @param archive whether it archives its WAL from now on
 * @param fencedBy who answers for it that the old server takes no more writes
 */
public record HandoverRequest(
        Optional<String> listen, OptionalInt port, boolean archive, Optional<String> fencedBy) {
    /** What it listens on when nothing was said. */
    public static final String LOCAL = "localhost";

    /** The addresses it is to listen on. */
    public String addresses() {
        return listen.orElse(LOCAL);
    }
}
