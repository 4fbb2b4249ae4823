package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

/** Remembers how far a listing came, and whether its visitor failed. */
final class ResumableListing implements ObjectVisitor {
    private final ObjectVisitor visitor;
    private String reached;
    private boolean progressed;
    private boolean visitorFailed;

    ResumableListing(String startAfter, ObjectVisitor visitor) {
        this.reached = startAfter;
        this.visitor = visitor;
    }

    @Override
    public boolean visit(ObjectInfo object) throws RecoveryException {
        try {
            boolean goOn = visitor.visit(object);
            reached = object.key();
            progressed = true;
            return goOn;
        } catch (RecoveryException own) {
            visitorFailed = true;
            throw own;
        }
    }

    String reached() {
        return reached;
    }

    /** Whether anything was shown since this was last asked. */
    boolean progressed() {
        boolean answer = progressed;
        progressed = false;
        return answer;
    }

    /** Whether it was the visitor who ended the listing. */
    boolean visitorFailed() {
        return visitorFailed;
    }
}
