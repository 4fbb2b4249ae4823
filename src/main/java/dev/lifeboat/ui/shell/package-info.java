/**
 * The window around the screens: the banner that always says what one is working on, the rail, the
 * palette, the log drawer, the status bar. It alone knows all screens; they know each other only as
 * {@link dev.lifeboat.ui.Destination}s.
 */
package dev.lifeboat.ui.shell;
