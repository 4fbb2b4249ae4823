/**
 * How the console works behind its screens. A <em>task</em> blocks on a background thread and
 * answers on the screen's; <em>services</em> are what the engine answers for one profile; a
 * <em>command</em> is a child process that outlives the window; a <em>ticker</em> calls back while
 * a screen is shown.
 */
package dev.lifeboat.ui.task;
