/**
 * The restore, as an operator would tell it. A <em>request</em> says what somebody wants back; the
 * planner turns it into a <em>plan</em>, which fixes before anything is done where replay must
 * arrive (the <em>goal</em>), and is shown, recorded and carried out unchanged. The order of the
 * stages is the safety: check, choose, fetch, place (all but {@code global/pg_control}), configure,
 * then {@code pg_control} by rename, start, replay, assert the end, pause or promote, verify, hand
 * over.
 *
 * <p>The restore of a dump has the same job, journal and stages. Its safety is another: everything
 * goes into a database beside the one that is meant, and the names are swapped in one transaction
 * once the content was looked at; what had the name keeps its rows under another.
 */
package dev.lifeboat.restore;
