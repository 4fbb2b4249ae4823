package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayDeque;
import java.util.Queue;

/** A bucket of which each version is copied to another one, over what lies there. */
public final class ReplicatingStore extends StoreDecorator {
    private final ObjectStore other;
    private final Queue<Version> late = new ArrayDeque<>();
    private boolean holdsBack;

    private record Version(String key, ByteSource body) {}

    public ReplicatingStore(ObjectStore inner, ObjectStore other) {
        super(inner);
        this.other = other;
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        ObjectInfo put = super.put(key, body, options);
        late.add(new Version(key, body));
        if (!holdsBack) {
            deliver();
        }
        return put;
    }

    private void deliver() throws RecoveryException {
        for (Version version = late.poll(); version != null; version = late.poll()) {
            other.put(version.key, version.body, PutOptions.plain());
        }
    }

    /** The other bucket, where copies come late: right before something is put there. */
    public ObjectStore late() {
        holdsBack = true;
        return new StoreDecorator(other) {
            @Override
            public ObjectInfo put(String key, ByteSource body, PutOptions options)
                    throws RecoveryException {
                deliver();
                return super.put(key, body, options);
            }
        };
    }
}
