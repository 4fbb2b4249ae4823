/**
 * The console: what people see of Lifeboat. A <em>screen</em> is one place in the navigation; its
 * look is an FXML file, its controller binds that to a view model, and the view model asks {@link
 * dev.lifeboat.ui.task.ConsoleServices} on a background thread. View models know properties and
 * services and no control, so they are tested without a toolkit. Everything here belongs to the
 * JavaFX thread unless it says otherwise.
 */
package dev.lifeboat.ui;
