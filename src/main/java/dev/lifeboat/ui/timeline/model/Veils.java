package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.ui.Messages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything that cannot be recovered to, in order and apart. Immutable. */
public final class Veils {
    private final List<Veil> veils;

    private Veils(List<Veil> veils) {
        this.veils = List.copyOf(veils);
    }

    /** Orders the veils; where two overlap the one that begins first keeps its part. */
    public static Veils of(List<Veil> any) {
        List<Veil> apart = new ArrayList<>();
        long end = Long.MIN_VALUE;
        for (Veil veil :
                any.stream().sorted(Comparator.comparingLong(v -> v.span().from())).toList()) {
            long from = Math.max(end, veil.span().from());
            if (from < veil.span().to()) {
                apart.add(new Veil(new Span(from, veil.span().to()), veil.reason(), veil.text()));
                end = veil.span().to();
            }
        }
        return new Veils(apart);
    }

    public static Veils none() {
        return new Veils(List.of());
    }

    public List<Veil> list() {
        return veils;
    }

    /** The same with everything before a time veiled. */
    public Veils from(long lowest, String text) {
        List<Veil> all = new ArrayList<>();
        all.add(new Veil(new Span(Veil.NEVER, lowest), Veil.Reason.ALREADY_REPLAYED, text));
        veils.stream()
                .filter(veil -> veil.span().to() > lowest)
                .map(veil -> cut(veil, lowest))
                .forEach(all::add);
        return new Veils(all);
    }

    private static Veil cut(Veil veil, long lowest) {
        return new Veil(
                new Span(Math.max(lowest, veil.span().from()), veil.span().to()),
                veil.reason(),
                veil.text());
    }

    /** The veil over a time; empty when it can be recovered to. */
    public Optional<Veil> at(long time) {
        return veils.stream().filter(veil -> veil.span().contains(time)).findFirst();
    }

    /**
     * Where a marker that was put down comes to rest.
     *
     * @param at where it lies now
     * @param moved by how much and why; empty when it lies where it was put
     */
    public record Rest(long at, Optional<String> moved) {}

    /**
     * The time itself, or the nearest one without a veil; of two equally near ones the earlier.
     * Empty when nothing can be recovered to.
     */
    public Optional<Rest> rest(long wanted) {
        Optional<Veil> veil = at(wanted);
        if (veil.isEmpty()) {
            return Optional.of(new Rest(wanted, Optional.empty()));
        }
        OptionalLong earlier = before(wanted);
        OptionalLong later = behind(wanted);
        if (earlier.isEmpty() && later.isEmpty()) {
            return Optional.empty();
        }
        boolean back =
                later.isEmpty()
                        || (earlier.isPresent()
                                && wanted - earlier.getAsLong() <= later.getAsLong() - wanted);
        long at = back ? earlier.getAsLong() : later.getAsLong();
        String moved =
                Messages.text(
                        back ? "timeline.moved.earlier" : "timeline.moved.later",
                        Micros.length(at - wanted),
                        veil.get().text());
        return Optional.of(new Rest(at, Optional.of(moved)));
    }

    private OptionalLong before(long time) {
        long at = time;
        for (Optional<Veil> veil = at(at); veil.isPresent(); veil = at(at)) {
            if (veil.get().span().from() <= Veil.NEVER) {
                return OptionalLong.empty();
            }
            at = veil.get().span().from() - 1;
        }
        return OptionalLong.of(at);
    }

    private OptionalLong behind(long time) {
        long at = time;
        for (Optional<Veil> veil = at(at); veil.isPresent(); veil = at(at)) {
            if (veil.get().span().to() >= Veil.FOREVER) {
                return OptionalLong.empty();
            }
            at = veil.get().span().to();
        }
        return OptionalLong.of(at);
    }
}
