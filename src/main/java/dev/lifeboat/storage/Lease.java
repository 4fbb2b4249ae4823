package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;

/**
 * The right to do one kind of work, until it is closed. Whoever holds it calls {@link #keep()}
 * between steps. Safe for many threads.
 */
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Leases leases;
    private final String place;
    private final String name;
    private final long number;
    private final String owner;
    private final String work;
    private final String token;
    private Instant extendAt;

    Lease(
            Leases leases,
            String place,
            String name,
            long number,
            String owner,
            String work,
            String token) {
        this.leases = leases;
        this.place = place;
        this.name = name;
        this.number = number;
        this.owner = owner;
        this.work = work;
        this.token = token;
        this.extendAt = leases.clock().instant().plus(leases.term().dividedBy(3));
    }

    /**
     * Extends the lease when a third of its term is over; otherwise does nothing. A step that may
     * take longer than the rest of the term is followed by another call before its result is relied
     * on.
     *
     * @throws RecoveryException LEASE_LOST when somebody else took it over: the work must stop
     */
    public synchronized void keep() throws RecoveryException {
        if (leases.clock().instant().isBefore(extendAt)) {
            return;
        }
        Instant until = leases.extend(this);
        extendAt = until.minus(leases.term().multipliedBy(2).dividedBy(3));
    }

    String place() {
        return place;
    }

    String name() {
        return name;
    }

    long number() {
        return number;
    }

    String owner() {
        return owner;
    }

    String work() {
        return work;
    }

    String token() {
        return token;
    }

    /** Gives it back. When that fails it ends by itself, with its term. */
    @Override
    public void close() {
        try {
            leases.release(this);
        } catch (RecoveryException remains) {
            LOG.info("The lease of {} ends by itself: {}", name, remains.problem());
        }
    }
}
