package dev.lifeboat.backup.salvage;

import dev.lifeboat.backup.push.DataDirectory;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.SegmentHeader;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEnd;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVisitor;
import dev.lifeboat.wal.archive.ClusterIdentity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads {@code pg_wal} of a directory on which no server runs.
 *
 * <p>A file is a segment when its first page says so: the file that the server keeps for later has
 * the name of a segment to come and the content of an old one, or zeroes. Source: {@code
 * src/backend/access/transam/xlog.c}, InstallXLogFileSegment, RemoveXlogFile.
 *
 * @param segments ascending; of each timeline only the last can be a tail
 * @param others {@code .history}, {@code .backup} and {@code .partial} files, ascending
 * @param unreadable names that lie among the segments and hold no first page of theirs
 */
record LeftWal(List<LeftSegment> segments, List<String> others, List<String> unreadable) {
    /**
     * @throws RecoveryException HOST_FAILURE when a file cannot be read; SYSTEM_IDENTIFIER_FOREIGN
     *     when a segment is another cluster's; VERSION_MISMATCH; CANCELLED
     */
    static LeftWal read(DataDirectory directory, CancelToken cancel) throws RecoveryException {
        Path folder = directory.path().resolve("pg_wal");
        try {
            return new Reading(folder, directory.cluster()).all(cancel);
        } catch (IOException failed) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    folder + " could not be read.",
                    "The file system answered: " + failed.getMessage() + ".",
                    "See that this user may read it, and that the disk is well; then run this again.",
                    failed);
        }
    }

    /** The segment that was being written: the last of the newest timeline, when it has an end. */
    Optional<LeftSegment> tail() {
        return segments.isEmpty() || segments.getLast().isWhole()
                ? Optional.empty()
                : Optional.of(segments.getLast()).filter(LeftSegment::holdsRecords);
    }

    List<LeftSegment> whole() {
        return segments.stream().filter(LeftSegment::isWhole).toList();
    }

    /** Segments that end in their middle although the log went on behind them. */
    List<LeftSegment> damaged() {
        return segments.stream()
                .limit(Math.max(0, segments.size() - 1))
                .filter(segment -> !segment.isWhole())
                .filter(segment -> hasFollower(segment.segment()))
                .toList();
    }

    /**
     * Why the log ends too early: it must reach beyond the last checkpoint, and what lies behind a
     * true end belongs to an earlier use of the file. Empty when the end may be where the server
     * stopped writing.
     */
    Optional<Problem> endsTooEarly(LastCheckpoint checkpoint) {
        Optional<LeftSegment> last =
                segments.isEmpty() ? Optional.empty() : Optional.of(segments.getLast());
        boolean reached =
                last.filter(it -> it.end().end().compareTo(checkpoint.record()) > 0).isPresent();
        if (!reached) {
            return Optional.of(unreached(checkpoint));
        }
        return last.filter(it -> it.end().resumesAt().isPresent()).map(it -> it.end().problem());
    }

    private Problem unreached(LastCheckpoint checkpoint) {
        Optional<LeftSegment> holder =
                segments.stream()
                        .filter(it -> it.segment().contains(checkpoint.record()))
                        .reduce((_, newer) -> newer);
        return holder.map(
                        it ->
                                new Problem(
                                        ProblemCode.WAL_DAMAGED,
                                        "The WAL of segment "
                                                + it.segment().name()
                                                + " is damaged at "
                                                + it.end().end()
                                                + ".",
                                        "The last checkpoint lies behind that, at "
                                                + checkpoint.record()
                                                + ", and was written: "
                                                + it.end().detail(),
                                        "Keep the directory as it is, and look for another copy of"
                                                + " the segment: a standby's pg_wal, a snapshot of"
                                                + " the disk."))
                .orElseGet(
                        () ->
                                new Problem(
                                        ProblemCode.WAL_ABSENT,
                                        "pg_wal lacks the segment of the last checkpoint, at "
                                                + checkpoint.record()
                                                + ".",
                                        "The control file names it, and no file of pg_wal holds it.",
                                        "See whether pg_wal is a link to a disk that is not"
                                                + " mounted; then run this again."));
    }

    /** On its own timeline: the last segment of one that was left is no damage but its end. */
    private boolean hasFollower(WalSegment segment) {
        return segments.stream()
                .anyMatch(
                        other ->
                                other.segment().timeline().equals(segment.timeline())
                                        && other.segment().number() > segment.number());
    }

    /** One reading of the folder. */
    private static final class Reading {
        private final Path folder;
        private final ClusterIdentity cluster;
        private final TreeSet<WalSegment> found = new TreeSet<>();
        private final List<String> strange = new ArrayList<>();
        private final List<String> others = new ArrayList<>();
        private long commits;
        private Optional<Instant> lastCommit = Optional.empty();

        Reading(Path folder, ClusterIdentity cluster) {
            this.folder = folder;
            this.cluster = cluster;
        }

        LeftWal all(CancelToken cancel) throws IOException, RecoveryException {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    sort(file);
                }
            }
            var read = new ArrayList<LeftSegment>();
            WalReader reader = null;
            WalSegment before = null;
            for (WalSegment segment : found) {
                cancel.check();
                if (before == null || !before.next().equals(segment)) {
                    reader = new WalReader(counter(), number(cluster));
                }
                LeftSegment left = read(reader, segment);
                before = left.isWhole() ? segment : null;
                read.add(left);
            }
            return new LeftWal(List.copyOf(read), List.copyOf(others), among(read));
        }

        private void sort(Path file) throws IOException {
            String name = file.getFileName().toString();
            switch (WalFileName.parse(name)) {
                case WalFileName.Segment named ->
                        segment(file, named).ifPresentOrElse(found::add, () -> strange.add(name));
                case WalFileName.History _, WalFileName.BackupHistory _, WalFileName.Partial _ ->
                        others.add(name);
                case WalFileName.Other _ -> {
                    // archive_status, summaries, a file under way: none that is archived.
                }
            }
        }

        private Optional<WalSegment> segment(Path file, WalFileName.Segment named)
                throws IOException {
            byte[] first;
            try (InputStream content = Files.newInputStream(file)) {
                first = content.readNBytes(SegmentHeader.BYTES);
            }
            try {
                SegmentHeader header = SegmentHeader.parse(first);
                return named.segment(header.segmentSizeBytes())
                        .filter(segment -> segment.start().equals(header.start()))
                        .filter(segment -> header.timeline().compareTo(segment.timeline()) <= 0)
                        .filter(_ -> header.segmentSizeBytes() == sizeOf(file));
            } catch (RecoveryException noFirstPage) {
                return Optional.empty();
            }
        }

        private static long sizeOf(Path file) {
            return file.toFile().length();
        }

        private LeftSegment read(WalReader reader, WalSegment segment)
                throws IOException, RecoveryException {
            commits = 0;
            lastCommit = Optional.empty();
            try (InputStream content = Files.newInputStream(folder.resolve(segment.name()))) {
                WalEnd end = reader.read(segment, content);
                return new LeftSegment(segment, end, commits, lastCommit);
            }
        }

        private WalVisitor counter() {
            return new WalVisitor() {
                @Override
                public void transaction(TransactionRecord transaction) {
                    if (transaction.kind().isCommit()) {
                        commits++;
                        lastCommit = Optional.of(transaction.time());
                    }
                }
            };
        }

        /** Files kept for later lie behind the last segment; what lies before it was WAL once. */
        private List<String> among(List<LeftSegment> read) {
            return read.isEmpty()
                    ? List.of()
                    : strange.stream()
                            .filter(name -> name.compareTo(read.getFirst().segment().name()) > 0)
                            .filter(name -> name.compareTo(read.getLast().segment().name()) < 0)
                            .toList();
        }

        private static OptionalLong number(ClusterIdentity cluster) {
            return OptionalLong.of(Long.parseUnsignedLong(cluster.systemIdentifier()));
        }
    }
}
