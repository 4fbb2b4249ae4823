package dev.lifeboat.cli;

/**
 * How a run ended.
 *
 * @param code the published exit code
 * @param announced whether the command itself returned it; false when help was shown, the usage was
 *     wrong or a problem stopped the command. {@code wal fetch} answers 0 and 1 only when announced
 */
public record Outcome(int code, boolean announced) {}
