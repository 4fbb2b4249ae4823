package dev.lifeboat.ui;

import dev.lifeboat.kernel.Problem;

/** Says something inside the window: it never takes the focus and never covers a question. */
public interface Notices {
    /** Something went as wished; it goes away by itself. */
    void done(String text);

    /** Something went wrong; it stays until it is closed. */
    void problem(Problem problem);

    /** Notices nobody sees. */
    static Notices none() {
        return new Notices() {
            @Override
            public void done(String text) {}

            @Override
            public void problem(Problem problem) {}
        };
    }
}
