/**
 * Makes the timeline's picture from what the engine found: catalog, recovery windows, the listing
 * of the WAL and its index. Positions become times here; what only the listing's clock tells is
 * marked as such. Blocking reads happen in the engine alone; these classes only put together.
 *
 * <p>The <em>live path</em> is the way of timelines to the newest one.
 */
package dev.lifeboat.ui.timeline.source;
