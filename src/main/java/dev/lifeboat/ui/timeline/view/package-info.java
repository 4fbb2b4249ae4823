/**
 * The timeline as a control: one canvas on which lanes are painted when what is looked at changes,
 * and a few nodes above it - <em>marker</em>, ghost, loss - that alone move while the marker is
 * dragged. An <em>ink</em> is a colour that the theme's style sheet gives.
 *
 * <p>Everything here belongs to the JavaFX thread.
 */
package dev.lifeboat.ui.timeline.view;
