package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.PostgresTime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The seconds of an entry in bytes: of each the distance from the one before, its counts, its
 * earliest and latest microsecond, and its last commit as distances.
 */
final class SecondCodec {
    private static final long MICROS = 1_000_000L;

    private SecondCodec() {}

    static byte[] write(List<EndedSecond> seconds, Lsn origin) {
        var out = new CompactOutput();
        long before = 0;
        Lsn position = origin;
        int xid = 0;
        for (EndedSecond second : seconds) {
            long earliest = PostgresTime.micros(second.earliest());
            long latest = PostgresTime.micros(second.latest());
            long epoch = Math.floorDiv(earliest, MICROS);
            out.signed(epoch - before).number(second.commits()).number(second.aborts());
            out.number(earliest - epoch * MICROS).number(latest - earliest);
            before = epoch;
            if (second.lastCommit().isPresent()) {
                IndexedCommit last = second.lastCommit().get();
                out.number(latest - PostgresTime.micros(last.time()));
                out.position(last.lsn(), position).signed(last.xid() - xid);
                position = last.lsn();
                xid = last.xid();
            }
        }
        return out.done();
    }

    static List<EndedSecond> read(byte[] bytes, Lsn origin) throws IndexDamage {
        var in = new CompactInput(bytes);
        List<EndedSecond> seconds = new ArrayList<>();
        long epoch = 0;
        Lsn position = origin;
        int xid = 0;
        while (!in.isAtEnd()) {
            epoch += in.signed();
            long commits = in.number();
            long aborts = in.number();
            long earliest = epoch * MICROS + in.number();
            long latest = earliest + in.number();
            Optional<IndexedCommit> last = Optional.empty();
            if (commits > 0) {
                Instant time = PostgresTime.instant(latest - in.number());
                position = in.position(position);
                xid += (int) in.signed();
                last = Optional.of(new IndexedCommit(xid, time, position));
            }
            Instant from = PostgresTime.instant(earliest);
            seconds.add(
                    new EndedSecond(
                            from.getEpochSecond(),
                            commits,
                            aborts,
                            from,
                            PostgresTime.instant(latest),
                            last));
        }
        return seconds;
    }
}
