/**
 * The sandbox: two S3 servers that play the regions, a PostgreSQL server with an application's
 * traffic, its backups, and an incident. It knows what every row was because the traffic writes a
 * <em>record</em> of its commits outside the database; a scenario is recovered when the restored
 * server holds exactly the rows of that record up to the point it was restored to. Everything lies
 * under one folder. The restores are made by the program's own commands, as an operator would type
 * them.
 */
package dev.lifeboat.sandbox;
