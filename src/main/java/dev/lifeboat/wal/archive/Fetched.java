package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.WalFileName;

import java.util.List;

/** What came of fetching a WAL file. */
public sealed interface Fetched {
    /** The file, checked. */
    final class Found implements Fetched {
        private final byte[] content;
        private final ArchivedForm form;
        private final Region.Role region;
        private final boolean authenticated;
        private final List<Problem> passedOver;
        private final ObjectInfo object;

        Found(byte[] content, WalCopy copy, boolean authenticated, List<Problem> passedOver) {
            this.content = content;
            this.form = copy.wal().form();
            this.region = copy.region().role();
            this.object = copy.listed();
            this.authenticated = authenticated;
            this.passedOver = List.copyOf(passedOver);
        }

        /** The plain bytes; the array belongs to the caller. */
        public byte[] content() {
            return content;
        }

        public ArchivedForm form() {
            return form;
        }

        public Region.Role region() {
            return region;
        }

        /** Which object it was read from, see {@link ObjectIdentity}. */
        public long identity() {
            return ObjectIdentity.of(object);
        }

        /** How large that object is. */
        public long storedBytes() {
            return object.sizeBytes();
        }

        /** Whether an HMAC says that it is the file that was pushed under this name. */
        public boolean authenticated() {
            return authenticated;
        }

        /** What was wrong with copies that were tried before or besides this one; often none. */
        public List<Problem> passedOver() {
            return passedOver;
        }
    }

    /**
     * No region of the choice holds any form of the file, and each of them proved it.
     *
     * @param regions which regions those are
     */
    record Absent(WalFileName file, List<Region.Role> regions) implements Fetched {
        public Absent {
            regions = List.copyOf(regions);
        }
    }

    /**
     * Neither found nor proven absent: unreachable, damaged, contradicting, not trusted.
     *
     * @param everyCopyDamaged whether every region of the choice answered, and each copy they hold
     *     was read and is damaged: asking again does not help
     */
    record Unknown(Problem problem, boolean everyCopyDamaged) implements Fetched {}
}
