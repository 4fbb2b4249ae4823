package dev.lifeboat.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sees to it that runs, hosts and consoles do the same work one after the other: whoever holds the
 * lease of a name may do the work of that name.
 *
 * <p>Each holder writes an object of its own, numbered one above the last, which only one can
 * create (If-None-Match). A holder extends its own object; whoever finds the last one expired
 * creates the next. Afterwards each looks at what the other wrote, so that of a holder who extends
 * late and another who takes over at the same moment at most one goes on. A number is never used
 * twice, so that a holder who stood still for hours finds out.
 *
 * <p>A bucket whose service ignores If-None-Match gives no such guarantee; the holder reads its
 * object back and finds out when another one wrote it after it. Clocks may differ by less than
 * {@link #GRACE}. Safe for many threads.
 */
public final class Leases {
    /** How long after its end a lease is left alone, since clocks differ. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final Instant GIVEN_BACK = Instant.EPOCH;
    private static final String SUFFIX = ".json";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ObjectStore store;
    private final String folder;
    private final Duration term;
    private final Clock clock;

    /**
     * @param store the bucket that all who must not collide agree on
     * @param prefix the profile's, empty or ending with a slash
     * @param term how long a lease holds after it was last extended
     */
    public Leases(ObjectStore store, String prefix, Duration term, Clock clock) {
        this.store = store;
        this.folder = prefix + "leases/";
        this.term = term;
        this.clock = clock;
    }

    /** What stands in an object. */
    record Written(String owner, String work, String token, Instant until) {
        boolean isOver(Instant now) {
            return now.isAfter(until.plus(GRACE));
        }
    }

    /**
     * Takes the lease.
     *
     * @param name the work, letters, digits and hyphens
     * @param owner who takes it, for whoever is refused
     * @throws RecoveryException LEASE_HELD when somebody else holds it
     */
    public Lease take(String name, String owner) throws RecoveryException {
        return take(name, owner, "");
    }

    /**
     * As {@link #take(String, String)}, and takes over at once what an earlier process held for the
     * same work. The caller knows that no other process does that work any more.
     *
     * @param work names this one piece of work and no other; empty for one that is not gone on with
     */
    public Lease take(String name, String owner, String work) throws RecoveryException {
        String place = folder + name + "/";
        long last = last(place);
        if (last > 0) {
            Optional<Written> there = read(place, last);
            if (there.filter(it -> isAnothers(it, work)).isPresent()) {
                throw held(name, there.get());
            }
        }
        String token = UUID.randomUUID().toString();
        var lease = new Lease(this, place, name, last + 1, owner, work, token);
        create(lease);
        yieldToOthers(lease);
        removeBefore(lease);
        return lease;
    }

    /**
     * Refuses as {@link #take(String, String, String)} does, and takes nothing.
     *
     * @throws RecoveryException LEASE_HELD when somebody else holds it
     */
    public void requireFree(String name, String work) throws RecoveryException {
        String place = folder + name + "/";
        for (long number : numbers(place)) {
            Optional<Written> there = read(place, number);
            if (there.filter(it -> isAnothers(it, work)).isPresent()) {
                throw held(name, there.get());
            }
        }
    }

    /** Whether somebody holds it still, for other work. */
    private boolean isAnothers(Written there, String work) {
        boolean same = !work.isEmpty() && there.work.equals(work);
        return !same && !there.isOver(clock.instant());
    }

    private void create(Lease lease) throws RecoveryException {
        try {
            store.put(
                    key(lease.place(), lease.number()),
                    document(lease, clock.instant().plus(term)),
                    PutOptions.plain().onlyIfAbsent());
        } catch (StorageException taken) {
            if (taken.kind() != StorageException.Kind.EXISTS) {
                throw taken;
            }
        }
        Optional<Written> there = read(lease.place(), lease.number());
        if (there.isEmpty() || !there.get().token.equals(lease.token())) {
            throw held(lease.name(), there.orElse(null));
        }
    }

    /**
     * Whoever held it before may have extended its lease after it had been looked at, and of two
     * who found different last numbers neither sees the other's at first.
     */
    private void yieldToOthers(Lease lease) throws RecoveryException {
        for (long other : numbers(lease.place())) {
            if (other == lease.number()) {
                continue;
            }
            Optional<Written> there = read(lease.place(), other);
            boolean alive = there.filter(it -> isAnothers(it, lease.work())).isPresent();
            if (alive || other > lease.number()) {
                store.delete(key(lease.place(), lease.number()));
                throw held(lease.name(), there.orElse(null));
            }
        }
    }

    /** Extends the lease, and finds out whether it still is one. */
    Instant extend(Lease lease) throws RecoveryException {
        requireOwn(lease);
        Instant until = clock.instant().plus(term);
        store.put(key(lease.place(), lease.number()), document(lease, until), PutOptions.plain());
        requireOwn(lease);
        return until;
    }

    private void requireOwn(Lease lease) throws RecoveryException {
        Optional<Written> there = read(lease.place(), lease.number());
        boolean own = there.filter(written -> written.token.equals(lease.token())).isPresent();
        if (!own || last(lease.place()) != lease.number()) {
            throw new RecoveryException(
                    ProblemCode.LEASE_LOST,
                    "The lease of " + lease.name() + " is lost, so the work stopped.",
                    "This run stood still for longer than "
                            + term.toMinutes()
                            + " minutes, and"
                            + " another one took over.",
                    "Look at what the other one does, then run it again; what is done stays done.");
        }
    }

    /** Ends the lease: the next one may take over at once. */
    void release(Lease lease) throws RecoveryException {
        requireOwn(lease);
        store.put(
                key(lease.place(), lease.number()),
                document(lease, GIVEN_BACK),
                PutOptions.plain());
    }

    /**
     * Removes what is left of leases that were given back long ago, of names that nobody may ever
     * take again.
     *
     * @param beginning of the names that are looked at
     * @param age long enough that no request of a holder can still be under way
     */
    public void sweep(String beginning, Duration age) throws RecoveryException {
        Instant before = clock.instant().minus(age);
        List<String> old = new ArrayList<>();
        store.list(
                folder + beginning,
                "",
                object -> {
                    if (object.lastModified().isBefore(before)) {
                        old.add(object.key());
                    }
                    return true;
                },
                CancelToken.never());
        for (String key : old) {
            String place = key.substring(0, key.lastIndexOf('/') + 1);
            long number = number(place, key);
            if (number > 0
                    && read(place, number).filter(it -> it.until.equals(GIVEN_BACK)).isPresent()) {
                store.delete(key);
            }
        }
    }

    Clock clock() {
        return clock;
    }

    Duration term() {
        return term;
    }

    private long last(String place) throws RecoveryException {
        return numbers(place).stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private List<Long> numbers(String place) throws RecoveryException {
        List<Long> numbers = new ArrayList<>();
        store.list(
                place,
                "",
                object -> {
                    long number = number(place, object.key());
                    if (number > 0) {
                        numbers.add(number);
                    }
                    return true;
                },
                CancelToken.never());
        return numbers;
    }

    private void removeBefore(Lease lease) throws RecoveryException {
        for (long number : numbers(lease.place())) {
            if (number < lease.number()) {
                store.delete(key(lease.place(), number));
            }
        }
    }

    private static long number(String place, String key) {
        String name = key.substring(place.length());
        return name.matches("\\d{12}\\.json")
                ? Long.parseLong(name.substring(0, name.length() - SUFFIX.length()))
                : 0;
    }

    private static String key(String place, long number) {
        return place + "%012d".formatted(number) + SUFFIX;
    }

    private Optional<Written> read(String place, long number) throws RecoveryException {
        String key = key(place, number);
        try (ObjectStream body = store.get(key, ByteRange.whole(), null)) {
            JsonNode document = MAPPER.readTree(body.readAllBytes());
            return Optional.of(
                    new Written(
                            document.path("owner").asText(),
                            document.path("work").asText(),
                            document.path("token").asText(),
                            Instant.parse(document.path("until").asText())));
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.ABSENT) {
                return Optional.empty();
            }
            throw failure;
        } catch (JsonProcessingException | DateTimeException unreadable) {
            throw new RecoveryException(
                    ProblemCode.LEASE_HELD,
                    "The lease " + store.name() + "/" + key + " cannot be read.",
                    "Whether somebody holds it is not known.",
                    "When no other run is under way, remove that object and run it again.",
                    unreadable);
        } catch (IOException broken) {
            throw StorageException.in(broken, key, store);
        }
    }

    private static ByteSource document(Lease lease, Instant until) throws RecoveryException {
        try {
            return ByteSource.of(
                    MAPPER.writeValueAsString(
                                    Map.of(
                                            "owner", lease.owner(),
                                            "work", lease.work(),
                                            "token", lease.token(),
                                            "until", until.toString()))
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new IllegalStateException("plain values are always JSON", impossible);
        }
    }

    private static RecoveryException held(String name, Written by) {
        return new RecoveryException(
                ProblemCode.LEASE_HELD,
                "Another run does " + name + " at this moment.",
                by == null
                        ? "It took the lease a moment before this one."
                        : by.owner + " holds its lease until " + by.until + ".",
                "Wait until it has ended, then run it again. A lease whose holder died ends by"
                        + " itself.");
    }
}
