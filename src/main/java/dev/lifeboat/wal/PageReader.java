package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.util.Locale;
import java.util.Optional;

/**
 * Takes pages in order, checks that each belongs where it stands, and knows where and why the log
 * ends.
 */
final class PageReader {
    private final RecordReader records;
    private WalSegment segment;
    private int magic = -1;
    private long position;
    private long timeline;

    /** Whether the beginning of a record was found, so that the log can be followed. */
    private boolean synced;

    /** What is left of a record that began before the first page; -1 when unknown. */
    private long headBytes = -1;

    private WalEnd.Kind stop;
    private String detail = "";
    private Optional<Lsn> resumesAt = Optional.empty();

    PageReader(WalVisitor visitor) {
        records = new RecordReader(new WalDecoder(visitor));
    }

    void setVersion(WalVersion version) {
        magic = version.pageMagic();
        records.setVersion(version);
    }

    WalSegment segment() {
        return segment;
    }

    TimelineId timeline() {
        return timeline == 0 ? segment.timeline() : new TimelineId(timeline);
    }

    /** Takes from now on the rest of the begun record alone. */
    void takeOnlyOpen() {
        records.takeOnlyOpen();
    }

    /** Whether a record was begun that the pages to come may complete. */
    boolean wantsMore() {
        return stop == null && records.isOpen();
    }

    void begin(WalSegment next) {
        segment = next;
        position = next.start().value();
        records.setSegmentBytes(next.sizeBytes());
        if (!synced) {
            records.startAt(position);
        }
    }

    /** Takes the page that follows. */
    void page(byte[] bytes, int at) {
        long here = position;
        position += WalPage.BYTES;
        if (stop != null) {
            lookBehind(bytes, at, here);
        } else if (Long.compareUnsigned(here, records.skipUntil()) >= 0 && fits(bytes, at, here)) {
            content(bytes, at, here);
            if (records.fault() != null) {
                stop(
                        records.isZeroes() ? WalEnd.Kind.ZEROES : WalEnd.Kind.DAMAGED,
                        records.fault());
            }
        }
    }

    private void content(byte[] bytes, int at, long here) {
        int flags = WalPage.flags(bytes, at);
        int from = at + WalPage.headerBytes(flags);
        int limit = at + WalPage.BYTES;
        long base = here - at;
        boolean continues = (flags & WalPage.FIRST_IS_CONTINUATION) != 0;
        long rest = continues ? WalPage.continuationBytes(bytes, at) : 0;
        long expected = records.isOpen() ? records.missingBytes() : Math.max(headBytes, 0);
        if ((flags & WalPage.FIRST_OVERWRITES) != 0) {
            records.drop();
            sync();
            records.records(bytes, from, limit, base);
        } else if ((continues && rest == 0) || (rest != expected && (synced || headBytes >= 0))) {
            stop(WalEnd.Kind.DAMAGED, continuationFault(here, rest, expected));
        } else if (records.isOpen()) {
            records.resume(bytes, from, limit, base);
        } else if (rest > limit - from) {
            headBytes = rest - (limit - from);
        } else {
            sync();
            records.records(bytes, from + ((int) rest + 7 & ~7), limit, base);
        }
    }

    /** From here on a page without an open record begins with a record of its own. */
    private void sync() {
        synced = true;
        headBytes = 0;
    }

    private static String continuationFault(long here, long rest, long expected) {
        return "the page at "
                + new Lsn(here)
                + " says that "
                + rest
                + " bytes of a record from before it follow, and it must be "
                + expected;
    }

    /** Whether the page belongs here; else the log ends before it. */
    private boolean fits(byte[] bytes, int at, long here) {
        String fault = WalPage.fault(bytes, at, magic, here, here == segment.start().value());
        if (fault == null) {
            fault = timelineFault(WalPage.timeline(bytes, at));
        }
        if (fault == null) {
            timeline = WalPage.timeline(bytes, at);
            return true;
        }
        if (WalPage.isZero(bytes, at, at + WalPage.BYTES)) {
            stop(WalEnd.Kind.ZEROES, "zeroes follow at " + new Lsn(here));
        } else if (WalPage.isRecycled(bytes, at, magic, here, segment.sizeBytes())) {
            stop(
                    WalEnd.Kind.OLD_CONTENT,
                    "at "
                            + new Lsn(here)
                            + " follows what the file held before, from "
                            + new Lsn(WalPage.position(bytes, at)));
        } else {
            stop(
                    WalEnd.Kind.DAMAGED,
                    "the page at " + new Lsn(here) + " does not belong there: " + fault);
        }
        return false;
    }

    private String timelineFault(long found) {
        if (found < timeline) {
            return "it is of timeline " + found + " and comes after timeline " + timeline;
        }
        return found > segment.timeline().value()
                ? "it is of timeline " + found + ", which the segment's name does not reach"
                : null;
    }

    private void stop(WalEnd.Kind kind, String why) {
        stop = kind;
        detail = why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1) + ".";
    }

    private void lookBehind(byte[] bytes, int at, long here) {
        int found = WalPage.magic(bytes, at);
        if (resumesAt.isEmpty()
                && WalVersion.ofPageMagic(found).isPresent()
                && WalPage.isPageOf(bytes, at, magic < 0 ? found : magic, here)) {
            resumesAt = Optional.of(new Lsn(here));
        }
    }

    /** Says how the segment ended, when so many bytes of it were given. */
    WalEnd finish(long sizeBytes) {
        if (stop == null && sizeBytes != segment.sizeBytes()) {
            stop(
                    WalEnd.Kind.WRONG_SIZE,
                    "it has " + sizeBytes + " bytes instead of " + segment.sizeBytes());
        }
        boolean hole =
                resumesAt.isPresent()
                        && (stop == WalEnd.Kind.ZEROES || stop == WalEnd.Kind.OLD_CONTENT);
        WalEnd.Kind kind = stop == null ? WalEnd.Kind.SEGMENT_END : stop;
        return end(segment, hole ? WalEnd.Kind.DAMAGED : kind);
    }

    /** Says how an earlier segment ended, now that its last record was looked for in this one. */
    WalEnd finishOpen(WalSegment earlier) {
        if (stop == null && records.isOpen()) {
            detail = "The rest of the record is not in " + segment.name() + ".";
        }
        return end(earlier, WalEnd.Kind.SEGMENT_END);
    }

    private WalEnd end(WalSegment of, WalEnd.Kind kind) {
        return new WalEnd(
                of,
                kind,
                records.hasAny() ? Optional.of(new Lsn(records.last())) : Optional.empty(),
                new Lsn(records.end()),
                records.isOpen() ? Optional.of(new Lsn(records.openStart())) : Optional.empty(),
                resumesAt,
                detail);
    }
}
