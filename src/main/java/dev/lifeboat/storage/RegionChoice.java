package dev.lifeboat.storage;

/** Which regions a plan works with. A region outside the choice is never contacted. */
public enum RegionChoice {
    /** Each object from whichever region has it. */
    AUTO,
    PRIMARY,
    DR
}
