/**
 * Where the process begins and ends. {@link dev.lifeboat.app.Main} picks the console or a command
 * before any JavaFX class is loaded, and alone ends the process; {@link dev.lifeboat.app.Wiring}
 * reads what the process was given: arguments, environment, terminal, wall clock.
 */
package dev.lifeboat.app;
