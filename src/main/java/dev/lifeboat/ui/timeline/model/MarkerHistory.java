package dev.lifeboat.ui.timeline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the marker stood before, so that a look elsewhere costs nothing. */
final class MarkerHistory {
    private static final int MOST = 100;

    private final List<Target> places = new ArrayList<>();
    private int current = -1;

    void add(Target target) {
        if (current >= 0 && places.get(current).equals(target)) {
            return;
        }
        if (target.isTheEnd() && current >= 0 && places.get(current).isTheEnd()) {
            places.set(current, target);
            return;
        }
        places.subList(current + 1, places.size()).clear();
        places.add(target);
        if (places.size() > MOST) {
            places.removeFirst();
        }
        current = places.size() - 1;
    }

    Optional<Target> back() {
        return current > 0 ? Optional.of(places.get(--current)) : Optional.empty();
    }

    Optional<Target> forward() {
        return current + 1 < places.size() ? Optional.of(places.get(++current)) : Optional.empty();
    }

    boolean hasBack() {
        return current > 0;
    }

    boolean hasForward() {
        return current + 1 < places.size();
    }
}
