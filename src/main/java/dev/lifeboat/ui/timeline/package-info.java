/**
 * The timeline: to when one can go back, what that loses, from what it would be recovered. The
 * screen, its view model and what it asks of the engine; the picture itself is {@link
 * dev.lifeboat.ui.timeline.view}, what is allowed in it {@link dev.lifeboat.ui.timeline.model}.
 */
package dev.lifeboat.ui.timeline;
