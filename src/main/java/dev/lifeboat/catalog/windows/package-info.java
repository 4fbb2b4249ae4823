/**
 * To when one can go back. A base and the unbroken <em>chain</em> of segments from its first one
 * along a path of timelines make a <em>window</em>: every position from the end of the base to the
 * end of the chain. A <em>gap</em> is a stretch of segments that a region lacks although they are
 * needed; a <em>hole</em> is where a chain ends.
 *
 * <p>Everything is worked out in positions first; times are put beside them afterwards.
 */
package dev.lifeboat.catalog.windows;
