/**
 * PostgreSQL as Lifeboat meets it: its programs and their versions, the way to a database, SQL over
 * JDBC, and servers on a data directory. An <em>installation</em> is one directory of programs of
 * one version; a <em>connection specification</em> names a database the way libpq does; a
 * <em>server process</em> is a postmaster on a data directory.
 *
 * <p>JDBC stays inside this package: no type of {@code java.sql} is in a public signature.
 */
package dev.lifeboat.postgres;
