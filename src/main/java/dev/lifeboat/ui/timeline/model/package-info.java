/**
 * What the timeline knows, free of any toolkit. Time is microseconds since 1970, UTC, in a {@code
 * long}. A <em>veil</em> covers what cannot be recovered to and says why; the <em>marker</em> is
 * the target, and never rests below a veil. <em>Coverage</em> is what a region holds of the WAL,
 * kept so that a picture column of any width is answered at once.
 *
 * <p>Nothing here is bound to a thread, and nothing but {@link
 * dev.lifeboat.ui.timeline.model.TimelineState} changes.
 */
package dev.lifeboat.ui.timeline.model;
