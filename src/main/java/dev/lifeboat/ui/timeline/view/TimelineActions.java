package dev.lifeboat.ui.timeline.view;

/** What the timeline's keys and its menu ask the screen around it for. */
public interface TimelineActions {
    /** T: a time is to be typed. */
    void typeTime();

    /** ?: the keys are to be shown. */
    void showKeys();

    /** Enter: the target is settled. */
    void plan();

    /** Nothing of it. */
    static TimelineActions none() {
        return new TimelineActions() {
            @Override
            public void typeTime() {}

            @Override
            public void showKeys() {}

            @Override
            public void plan() {}
        };
    }
}
