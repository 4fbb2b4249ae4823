package dev.lifeboat.restore;

/**
 * How fast the stage under way goes, as the process that works on it measured: whoever tells it
 * tells the same.
 *
 * @param rate in what the stage counts, a second
 * @param lowSeconds that the stage still takes, guessed low
 * @param highSeconds the same, guessed high
 */
public record StagePace(Stage stage, double rate, long lowSeconds, long highSeconds) {}
