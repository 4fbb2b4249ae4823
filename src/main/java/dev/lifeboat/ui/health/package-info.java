/**
 * The health screen: the four answers, and what is not well, worst first, in words. It judges
 * nothing itself: it shows {@link dev.lifeboat.monitor.Health}, as command line, metrics and alerts
 * do.
 */
package dev.lifeboat.ui.health;
