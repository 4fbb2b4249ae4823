/**
 * The server that recovers. Its configuration is <em>managed</em>: written by Lifeboat for one
 * <em>phase</em>, so that nothing of the source's configuration reaches outside the copy, and so
 * that replay is as fast as the machine allows. What is replayed without fsync is <em>made
 * durable</em> before anybody may rely on it. The end of replay is <em>asserted</em>, never
 * assumed: a server that says "paused" may have paused before the target.
 */
package dev.lifeboat.restore.server;
