package dev.lifeboat.backup;

import dev.lifeboat.catalog.Manifest.Continuation;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

/**
 * Reads along in a tar stream while it passes in pieces of any size: knows at every byte which
 * member it belongs to, and shows chosen members to whoever asked for them. Used by one thread.
 */
public final class TarScanner {
    private final String stream;
    private final TarVisitor visitor;
    private final byte[] block = new byte[TarMember.BLOCK_BYTES];
    private int blockFilled;
    private TarMember member;
    private long contentLeft;
    private long paddingLeft;
    private int endBlocks;
    private long position;

    /** Looks at the members that pass. */
    public interface TarVisitor {
        void begin(TarMember member) throws RecoveryException;

        /** A piece of the content of the member that began last. */
        void content(byte[] bytes, int offset, int length) throws RecoveryException;

        /** All of the member's content has passed. */
        void end(TarMember member) throws RecoveryException;
    }

    public TarScanner(String stream, TarVisitor visitor) {
        this.stream = stream;
        this.visitor = visitor;
    }

    /** The member whose content goes on at the next byte, or null when none does. */
    Continuation continuation() {
        return contentLeft == 0
                ? null
                : new Continuation(member.name(), member.sizeBytes() - contentLeft, contentLeft);
    }

    /** Bytes that have passed. */
    long position() {
        return position;
    }

    /**
     * Lets bytes pass.
     *
     * @throws RecoveryException BACKUP_FAILED when they are no tar stream of PostgreSQL's
     */
    public void pass(byte[] bytes, int offset, int length) throws RecoveryException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int count;
            if (contentLeft > 0) {
                count = (int) Math.min(contentLeft, end - at);
                visitor.content(bytes, at, count);
                contentLeft -= count;
                endOfContent();
            } else if (paddingLeft > 0) {
                count = (int) Math.min(paddingLeft, end - at);
                paddingLeft -= count;
            } else {
                count = Math.min(TarMember.BLOCK_BYTES - blockFilled, end - at);
                System.arraycopy(bytes, at, block, blockFilled, count);
                blockFilled += count;
                headerFilled();
            }
            at += count;
            position += count;
        }
    }

    /**
     * To be called at the end of the stream.
     *
     * @throws RecoveryException BACKUP_FAILED when it ended inside a member or without its two
     *     closing blocks
     */
    public void finish() throws RecoveryException {
        if (contentLeft > 0 || paddingLeft > 0 || blockFilled > 0 || endBlocks < 2) {
            throw broken("it ended after " + position + " bytes, before its closing blocks");
        }
    }

    private void headerFilled() throws RecoveryException {
        if (blockFilled < TarMember.BLOCK_BYTES) {
            return;
        }
        blockFilled = 0;
        if (TarMember.isEndBlock(block)) {
            endBlocks++;
            return;
        }
        if (endBlocks > 0) {
            throw broken("a member follows its closing block");
        }
        try {
            member = TarMember.parse(block);
        } catch (TarMember.NoHeader wrong) {
            throw broken(
                    "at byte "
                            + (position / TarMember.BLOCK_BYTES * TarMember.BLOCK_BYTES)
                            + " "
                            + wrong.getMessage());
        }
        contentLeft = member.sizeBytes();
        paddingLeft = member.paddedBytes() - member.sizeBytes();
        visitor.begin(member);
        if (contentLeft == 0) {
            visitor.end(member);
        }
    }

    private void endOfContent() throws RecoveryException {
        if (contentLeft == 0) {
            visitor.end(member);
        }
    }

    private RecoveryException broken(String why) {
        return new RecoveryException(
                ProblemCode.BACKUP_FAILED,
                "The stream '" + stream + "' of pg_basebackup cannot be followed.",
                "Where a tar archive was expected, " + why + ".",
                "Look for an error of pg_basebackup in the log of this backup, then take it again.");
    }
}
