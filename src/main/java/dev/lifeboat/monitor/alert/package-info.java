/**
 * Telling people: what changed in health goes to Slack and PagerDuty, once. A <em>change</em> is a
 * trouble that is new, one that became better or worse, or one that is over. What was told is
 * remembered on disk for each channel, so that a run from cron repeats nothing and a message that
 * was not taken is sent again.
 */
package dev.lifeboat.monitor.alert;
