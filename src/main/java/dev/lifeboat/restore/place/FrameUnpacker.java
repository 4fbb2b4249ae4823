package dev.lifeboat.restore.place;

import dev.lifeboat.catalog.Manifest.Continuation;
import dev.lifeboat.host.FileProblem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Unpacks one frame of a tar stream. A frame may begin inside a file, which its manifest names, and
 * may end inside one; unpacking it again writes the same bytes to the same places.
 */
final class FrameUnpacker {
    private final String name;
    private final StreamRoot root;
    private final PlacedFiles files;
    private final Set<Long> tablespaces;
    private final byte[] plain;
    private final int length;
    private int at;

    /**
     * @param name of the frame, to begin a sentence with
     * @param tablespaces the oids of the tablespaces that the plan has a directory for
     * @param plain the proven content, as far as {@code length}
     */
    FrameUnpacker(
            String name,
            StreamRoot root,
            PlacedFiles files,
            Set<Long> tablespaces,
            byte[] plain,
            int length) {
        this.name = name;
        this.root = root;
        this.files = files;
        this.tablespaces = tablespaces;
        this.plain = plain;
        this.length = length;
    }

    /**
     * Writes everything the frame holds.
     *
     * @param begins the file it begins in, or null
     */
    void unpack(Continuation begins) throws RecoveryException {
        if (begins != null) {
            content(begins.path(), begins.offset(), begins.remaining());
        }
        while (at + TarMember.BLOCK_BYTES <= length) {
            if (TarMember.isEndBlock(plain, at)) {
                at += TarMember.BLOCK_BYTES;
            } else {
                member(header());
            }
        }
        if (at < length) {
            throw noTar("it ends inside a block");
        }
    }

    private TarMember header() throws RecoveryException {
        try {
            TarMember member = TarMember.parse(plain, at);
            at += TarMember.BLOCK_BYTES;
            return member;
        } catch (TarMember.NoHeader wrong) {
            throw noTar("at byte " + at + " " + wrong.getMessage());
        }
    }

    private void member(TarMember member) throws RecoveryException {
        switch (member.kind()) {
            case FILE -> content(member.name(), 0, member.sizeBytes());
            case DIRECTORY -> directory(root.place(member.name()));
            case LINK -> requireTablespace(root.tablespace(member.name()));
        }
    }

    private void directory(Path directory) throws RecoveryException {
        try {
            files.directory(directory);
        } catch (IOException failed) {
            throw FileProblem.of("The directory could not be made", directory, failed);
        }
    }

    private void content(String member, long offset, long remaining) throws RecoveryException {
        int count = (int) Math.min(remaining, length - at);
        Path file = root.place(member);
        try {
            files.write(file, offset, plain, at, count);
        } catch (IOException failed) {
            throw FileProblem.of("The file could not be unpacked", file, failed);
        }
        at += count;
        if (count == remaining) {
            at += Math.min(TarMember.paddingBytes(offset + remaining), length - at);
        }
    }

    private void requireTablespace(long oid) throws RecoveryException {
        if (!tablespaces.contains(oid)) {
            throw new RecoveryException(
                    ProblemCode.PLAN_OUTDATED,
                    "The base has a tablespace that the plan has no directory for.",
                    "Its oid is " + oid + "; the plan knows " + tablespaces + ".",
                    "Make a new plan.");
        }
    }

    private RecoveryException noTar(String why) {
        return new RecoveryException(
                ProblemCode.OBJECT_DAMAGED,
                name + " cannot be unpacked.",
                "Its digests are right, but " + why + ".",
                "Restore from another base, and verify this one with: lifeboat verify ID --level"
                        + " readable.");
    }
}
