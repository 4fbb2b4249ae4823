package dev.lifeboat.postgres;

/**
 * What a server says of itself in {@code postmaster.pid}.
 *
 * <p>Source: src/include/utils/pidfile.h, PM_STATUS_*.
 */
public enum ServerState {
    /** It starts or recovers, and lets nobody in yet. */
    STARTING,
    /** It recovers, and lets nobody in because hot_standby is off. */
    STANDBY,
    /** It lets sessions in; while it recovers they can only read. */
    READY,
    STOPPING,
    STOPPED;

    static ServerState written(String status) {
        return switch (status.strip()) {
            case "ready" -> READY;
            case "standby" -> STANDBY;
            case "stopping" -> STOPPING;
            default -> STARTING;
        };
    }
}
