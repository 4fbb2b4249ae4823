package dev.lifeboat.wal.index;

/** Bytes that are no index. Never shown: what is damaged is made again. */
final class IndexDamage extends Exception {
    private static final long serialVersionUID = 1L;

    IndexDamage(String what) {
        super(what);
    }
}
