package dev.lifeboat.restore.server;

/** What the server is configured for. */
public enum Phase {
    /** It replays as fast as it can; what it writes does not survive a crash of the machine. */
    REPLAYING,
    /** It has arrived and is durable; a start comes back to the same point. */
    PAUSED,
    /** It is a server of its own, without any setting of recovery. */
    PROMOTED
}
