package dev.lifeboat.postgres;

/** The programs of PostgreSQL that Lifeboat runs, and the Debian package each comes in. */
public enum PgProgram {
    POSTGRES("postgres", false),
    INITDB("initdb", false),
    PG_CONTROLDATA("pg_controldata", false),
    PG_WALDUMP("pg_waldump", false),
    PGBENCH("pgbench", false),
    PG_DUMP("pg_dump", true),
    PG_DUMPALL("pg_dumpall", true),
    PG_RESTORE("pg_restore", true),
    PG_BASEBACKUP("pg_basebackup", true),
    PG_VERIFYBACKUP("pg_verifybackup", true),
    PG_AMCHECK("pg_amcheck", true),
    PSQL("psql", true);

    private final String fileName;
    private final boolean client;

    PgProgram(String fileName, boolean client) {
        this.fileName = fileName;
        this.client = client;
    }

    public String fileName() {
        return fileName;
    }

    String debianPackage(int major) {
        return (client ? "postgresql-client-" : "postgresql-") + major;
    }
}
