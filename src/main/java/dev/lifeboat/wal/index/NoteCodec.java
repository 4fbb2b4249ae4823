package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.RelationFile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Notes in bytes: each with its kind and length before it, so that a kind this version does not
 * know is passed over.
 */
final class NoteCodec {
    private static final int FILES_DROPPED = 1;
    private static final int FILES_CREATED = 2;
    private static final int ROWS_CHANGED = 3;

    private NoteCodec() {}

    static byte[] write(List<IndexNote> notes, Lsn origin) {
        var out = new CompactOutput();
        for (IndexNote note : notes) {
            var body = new CompactOutput();
            Optional<Integer> kind = write(note, body, origin);
            if (kind.isPresent()) {
                out.number(kind.get()).bytes(body.done());
            }
        }
        return out.done();
    }

    private static Optional<Integer> write(IndexNote note, CompactOutput out, Lsn origin) {
        if (note instanceof IndexNote.Event event) {
            return EventCodec.write(event.event(), out, origin);
        }
        out.position(note.at(), origin);
        return Optional.of(
                switch (note) {
                    case IndexNote.FilesDropped d -> {
                        out.position(d.end(), d.at()).number(d.xid() & 0xFFFFFFFFL).time(d.time());
                        files(out.number(d.database()), d.count(), d.files());
                        yield FILES_DROPPED;
                    }
                    case IndexNote.FilesCreated c -> {
                        files(out.number(c.xid() & 0xFFFFFFFFL), c.count(), c.files());
                        yield FILES_CREATED;
                    }
                    case IndexNote.RowsChanged r -> {
                        out.number(r.xid() & 0xFFFFFFFFL).file(r.relation());
                        out.signed(r.inserted()).number(r.updated()).number(r.deleted());
                        yield ROWS_CHANGED;
                    }
                    case IndexNote.Event _ -> throw new IllegalStateException("told above");
                });
    }

    private static void files(CompactOutput out, long count, List<RelationFile> files) {
        out.number(count).number(files.size());
        files.forEach(out::file);
    }

    static List<IndexNote> read(byte[] bytes, Lsn origin) throws IndexDamage {
        var in = new CompactInput(bytes);
        List<IndexNote> notes = new ArrayList<>();
        while (!in.isAtEnd()) {
            int kind = in.count();
            var body = new CompactInput(in.bytes());
            note(kind, body, origin).ifPresent(notes::add);
        }
        return notes;
    }

    private static Optional<IndexNote> note(int kind, CompactInput in, Lsn origin)
            throws IndexDamage {
        if (EventCodec.knows(kind)) {
            return Optional.of(new IndexNote.Event(EventCodec.read(kind, in, origin)));
        }
        Lsn at = in.position(origin);
        return switch (kind) {
            case FILES_DROPPED ->
                    Optional.of(
                            new IndexNote.FilesDropped(
                                    at,
                                    in.position(at),
                                    in.unsigned(),
                                    in.time(),
                                    in.number(),
                                    in.number(),
                                    files(in)));
            case FILES_CREATED ->
                    Optional.of(
                            new IndexNote.FilesCreated(at, in.unsigned(), in.number(), files(in)));
            case ROWS_CHANGED ->
                    Optional.of(
                            new IndexNote.RowsChanged(
                                    at,
                                    in.unsigned(),
                                    in.file(),
                                    in.signed(),
                                    in.number(),
                                    in.number()));
            default -> Optional.empty();
        };
    }

    private static List<RelationFile> files(CompactInput in) throws IndexDamage {
        int count = in.count();
        if (count > IndexNote.MOST_FILES) {
            throw new IndexDamage("a note names " + count + " files");
        }
        List<RelationFile> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            files.add(in.file());
        }
        return files;
    }
}
