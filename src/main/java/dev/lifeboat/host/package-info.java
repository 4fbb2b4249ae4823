/**
 * One machine and what is done on it: its files, ports, processes, users and memory, behind the one
 * seam {@link dev.lifeboat.host.Host}. A <em>server user</em> is the unprivileged OS user that
 * database servers run as. A process is <em>owned</em> when it ends with the program that started
 * it, and <em>detached</em> when it outlives it.
 */
package dev.lifeboat.host;
