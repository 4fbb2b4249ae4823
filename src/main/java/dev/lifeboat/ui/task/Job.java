package dev.lifeboat.ui.task;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** A command that runs, as the status bar shows it. Foreground only. */
public final class Job {
    private final String title;
    private final Command command;
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper(this, "said", "");

    Job(String title, Command command) {
        this.title = title;
        this.command = command;
    }

    public String title() {
        return title;
    }

    public Command command() {
        return command;
    }

    /** The last thing it said. */
    public ReadOnlyStringProperty saidProperty() {
        return said.getReadOnlyProperty();
    }

    void say(String line) {
        said.set(line.strip());
    }
}
