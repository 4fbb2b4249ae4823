package dev.lifeboat.catalog.find;

/** Says which segments of a stretch have to be read, by their place in it. */
interface Need {
    /** Whether it has to be read whatever was read before; the answer stays the same. */
    boolean isNeeded(int place);

    /** Whether one that is not needed may be passed over, after what was read so far. */
    boolean mayPassOver();

    /** It was passed over. */
    void passedOver(int place);

    /** Whether nothing more has to be read. */
    boolean isEnough();
}
