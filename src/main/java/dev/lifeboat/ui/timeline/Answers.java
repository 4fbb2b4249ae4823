package dev.lifeboat.ui.timeline;

/**
 * What a target means, in words for people. Nothing in it is guessed: what is not known says so,
 * and why.
 *
 * @param get what will be there
 * @param lose what will be gone
 * @param chain from what it is recovered
 * @param estimate how long it takes
 */
public record Answers(String get, String lose, String chain, String estimate) {
    /** While nothing is answered yet. */
    public static Answers none() {
        return new Answers("", "", "", "");
    }
}
