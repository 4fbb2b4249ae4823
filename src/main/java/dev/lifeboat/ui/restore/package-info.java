/**
 * The restore as an operator goes through it: <em>home</em> (what runs, waits or was interrupted,
 * and where a new one begins), <em>plan</em> (what will be done, the checklist, the confirmation),
 * <em>run</em> (a restore under way, paused, done or failed). The window never restores anything
 * itself: it starts {@code lifeboat restore --from-plan} as a process of its own, reads that job's
 * journal, asks it on its socket how far it is, and so shows a restore that the command line
 * started just as well. FX thread only, but for the plain models.
 */
package dev.lifeboat.ui.restore;
