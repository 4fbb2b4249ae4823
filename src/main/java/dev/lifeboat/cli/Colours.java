package dev.lifeboat.cli;

/** The few colours Lifeboat uses; none where they are not wanted. */
record Colours(boolean wanted) {
    String problem(String text) {
        return wanted ? "\033[1;31m" + text + "\033[0m" : text;
    }
}
