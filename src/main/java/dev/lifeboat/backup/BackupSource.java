package dev.lifeboat.backup;

import dev.lifeboat.host.Host;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.PgPrograms;

/**
 * What is backed up, and with which programs.
 *
 * @param host the machine this program and PostgreSQL's run on
 * @param database DATABASE_URL; stays the caller's to close
 */
public record BackupSource(Host host, PgPrograms programs, ConnectionSpec database) {}
