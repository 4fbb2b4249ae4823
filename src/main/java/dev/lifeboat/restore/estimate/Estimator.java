package dev.lifeboat.restore.estimate;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.RestoreView;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Estimates restores from the ones that this machine did before; as long as there is none, from
 * assumptions, and says so. Immutable; answers at once.
 */
public final class Estimator {
    /** Older runs tell little of today's machine and network. */
    private static final int MOST_RUNS = 10;

    /** Below this a rate says more about starting than about moving bytes. */
    private static final long TELLING_BYTES = 1 << 20;

    private static final double MIB = 1 << 20;

    /** Assumed until something was measured: plain bytes a second, and seconds for the rest. */
    private static final double ASSUMED_BASE_RATE = 60 * MIB;

    private static final double ASSUMED_WAL_RATE = 40 * MIB;
    private static final double ASSUMED_OTHER_SECONDS = 10;
    private static final double ASSUMED_SPREAD = 3;

    /** What little was measured may vary by so much more. */
    private static final double SPREAD_OF_ONE = 1.5;

    private final List<RestoreRun> runs;

    /**
     * @param runs what earlier restores on this machine measured, in any order
     */
    public Estimator(List<RestoreRun> runs) {
        this.runs =
                runs.stream()
                        .sorted(Comparator.comparing(RestoreRun::at).reversed())
                        .limit(MOST_RUNS)
                        .toList();
    }

    /** Learns from the restores below a folder of state; what cannot be read is passed over. */
    public static Estimator of(Path lifeboatHome, Host host) {
        List<RestoreRun> runs = new ArrayList<>();
        try {
            RestoreView.list(lifeboatHome, host).stream()
                    .flatMap(view -> RestoreRun.of(view).stream())
                    .forEach(runs::add);
        } catch (RecoveryException unreadable) {
            return new Estimator(List.of());
        }
        return new Estimator(runs);
    }

    /**
     * The estimate for a restore.
     *
     * @param basePlainBytes of the base, unpacked
     * @param walPlainBytes of the segments that replay asks for
     */
    public Estimate of(long basePlainBytes, long walPlainBytes) {
        Rates rates = runs.isEmpty() ? Rates.assumed() : measured();
        Duration base = seconds(basePlainBytes / rates.base.likely);
        Duration wal = seconds(walPlainBytes / rates.wal.likely);
        Duration likely = base.plus(wal).plus(seconds(rates.other.likely));
        return new Estimate(
                seconds(
                        basePlainBytes / rates.base.high
                                + walPlainBytes / rates.wal.high
                                + rates.other.low),
                likely,
                seconds(
                        basePlainBytes / rates.base.low
                                + walPlainBytes / rates.wal.low
                                + rates.other.high),
                base,
                wal,
                runs.size(),
                basis(rates));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** A number with its range. */
    private record Range(double low, double likely, double high, boolean measured) {
        static Range assumed(double value) {
            return new Range(value / ASSUMED_SPREAD, value, value * ASSUMED_SPREAD, false);
        }

        static Range of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            double spread = sorted.size() == 1 ? SPREAD_OF_ONE : 1;
            return new Range(
                    sorted.getFirst() / spread,
                    sorted.get(sorted.size() / 2),
                    sorted.getLast() * spread,
                    true);
        }
    }

    private record Rates(Range base, Range wal, Range other) {
        static Rates assumed() {
            return new Rates(
                    Range.assumed(ASSUMED_BASE_RATE),
                    Range.assumed(ASSUMED_WAL_RATE),
                    Range.assumed(ASSUMED_OTHER_SECONDS));
        }
    }

    private Rates measured() {
        return new Rates(
                rate(RestoreRun::basePlainBytes, RestoreRun::baseSeconds, ASSUMED_BASE_RATE),
                rate(RestoreRun::walPlainBytes, RestoreRun::walSeconds, ASSUMED_WAL_RATE),
                Range.of(runs.stream().map(RestoreRun::otherSeconds).toList()));
    }

    private Range rate(
            ToDoubleFunction<RestoreRun> bytes,
            ToDoubleFunction<RestoreRun> seconds,
            double assumed) {
        List<Double> rates =
                runs.stream()
                        .filter(run -> bytes.applyAsDouble(run) >= TELLING_BYTES)
                        .filter(run -> seconds.applyAsDouble(run) > 0)
                        .map(run -> bytes.applyAsDouble(run) / seconds.applyAsDouble(run))
                        .toList();
        return rates.isEmpty() ? Range.assumed(assumed) : Range.of(rates);
    }

    private String basis(Rates rates) {
        String speeds =
                String.format(
                        Locale.ROOT,
                        "the base at %.0f MiB/s, WAL at %.0f MiB/s",
                        rates.base.likely / MIB,
                        rates.wal.likely / MIB);
        if (runs.isEmpty()) {
            return "No restore was measured on this machine yet; assumed: " + speeds + ".";
        }
        String partly =
                rates.base.measured && rates.wal.measured
                        ? ""
                        : ", of which one is assumed, since too little was moved to tell";
        return "From "
                + (runs.size() == 1 ? "one restore" : runs.size() + " restores")
                + " on this machine: "
                + speeds
                + partly
                + ".";
    }
}
