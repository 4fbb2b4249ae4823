/**
 * Whether the backups are well, judged at one moment. What was <em>observed</em> (listings,
 * recovery windows, records, the database) becomes <em>figures</em>, and figures beside
 * <em>goals</em> become <em>findings</em>, worst first, in words. Judging is pure: the same
 * observation gives the same answer to the command line, the HTTP server, the metrics and the
 * window.
 *
 * <p>What could not be found out is a finding of its own, never taken for well.
 */
package dev.lifeboat.monitor;
