package dev.lifeboat.ui;

import javafx.scene.Parent;

/**
 * Shows something before everything else inside the window, with the rest dimmed. The environment
 * banner stays to be seen. One at a time: another one takes the place of the first. Esc closes it.
 */
public interface Dialogs {
    /**
     * Shows it.
     *
     * @param name what it is, for who cannot see it
     * @param onClosed called once, whatever closed it
     */
    void show(String name, Parent content, Runnable onClosed);

    /** Takes it away. */
    void close();

    /** Dialogs nobody sees. */
    static Dialogs none() {
        return new Dialogs() {
            @Override
            public void show(String name, Parent content, Runnable onClosed) {}

            @Override
            public void close() {}
        };
    }
}
