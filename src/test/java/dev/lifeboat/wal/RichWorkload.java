package dev.lifeboat.wal;

import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Makes a server write every kind of record that the reader decodes, and many it passes over. */
final class RichWorkload {
    private static final String TABLES =
            """
            CREATE TABLE account (id int PRIMARY KEY, owner text, balance numeric, tags text[]);
            CREATE INDEX ON account USING gin (tags);
            CREATE INDEX ON account USING brin (id);
            CREATE INDEX ON account USING hash (owner);
            CREATE TABLE place (at point, name text);
            CREATE INDEX ON place USING gist (at);
            CREATE INDEX ON place USING spgist (name);
            CREATE TABLE event (at date, what text) PARTITION BY RANGE (at);
            CREATE TABLE event_a PARTITION OF event FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
            CREATE TABLE event_b PARTITION OF event FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
            CREATE SEQUENCE ticket;
            CREATE TABLE big (id serial, body text);
            ALTER TABLE big ALTER body SET STORAGE EXTERNAL;
            """;

    private static final String ROWS =
            """
            INSERT INTO account SELECT i, 'owner ' || i % 100, i, ARRAY['a' || i % 7, 'b' || i % 11]
              FROM generate_series(1, 20000) i;
            INSERT INTO place SELECT point(i % 100, i / 100), 'place ' || i FROM generate_series(1, 5000) i;
            INSERT INTO event SELECT '2020-06-01'::date + i % 100, 'x' FROM generate_series(1, 1000) i;
            UPDATE event SET at = at + 366 WHERE at < '2020-06-20';
            UPDATE account SET balance = balance + 1 WHERE id % 3 = 0;
            UPDATE account SET id = id + 100000 WHERE id % 50 = 0;
            DELETE FROM account WHERE id % 10 = 1;
            INSERT INTO account VALUES (2, 'again', 0) ON CONFLICT (id) DO UPDATE SET owner = 'again';
            SELECT nextval('ticket') FROM generate_series(1, 200);
            INSERT INTO big (body) SELECT string_agg(md5((i * j)::text), '')
              FROM generate_series(1, 40) i, generate_series(1, 3000) j GROUP BY i;
            COPY account TO '@HOME@/account.copy';
            CREATE TABLE account_copy (LIKE account);
            COPY account_copy FROM '@HOME@/account.copy';
            CREATE TABLE account_again AS SELECT * FROM account;
            SELECT lo_from_bytea(0, string_agg(sha256(i::text::bytea), '')) FROM generate_series(1, 5000) i;
            VACUUM account;
            VACUUM FULL account_copy;
            CLUSTER account USING account_pkey;
            REINDEX TABLE place;
            SELECT pg_create_restore_point('between the acts');
            """;

    private static final String TRANSACTIONS =
            """
            BEGIN; INSERT INTO place VALUES ('(1,1)', 'undone'); ROLLBACK;
            BEGIN; CREATE TABLE undone AS SELECT * FROM place; ROLLBACK;
            BEGIN;
            INSERT INTO place VALUES ('(1,1)', 'outer');
            SAVEPOINT a; INSERT INTO place VALUES ('(1,1)', 'a'); RELEASE a;
            SAVEPOINT b; DELETE FROM place WHERE name = 'outer'; ROLLBACK TO b;
            SAVEPOINT c; UPDATE place SET name = 'c' WHERE name = 'a'; RELEASE c;
            COMMIT;
            DO $$ BEGIN
              FOR i IN 1..150 LOOP
                BEGIN INSERT INTO place VALUES (point(i, i), 'sub'); EXCEPTION WHEN others THEN NULL; END;
              END LOOP;
            END $$;
            BEGIN;
            INSERT INTO place VALUES ('(2,2)', 'prepared');
            SAVEPOINT a; INSERT INTO place VALUES ('(2,2)', 'prepared below'); RELEASE a;
            DROP TABLE account_copy;
            PREPARE TRANSACTION 'to be: committed';
            BEGIN; CREATE TABLE never (i int); INSERT INTO never VALUES (1);
            PREPARE TRANSACTION 'to be undone';
            COMMIT PREPARED 'to be: committed';
            ROLLBACK PREPARED 'to be undone';
            TRUNCATE account_again;
            BEGIN; CREATE TABLE fresh (i int); INSERT INTO fresh VALUES (1); TRUNCATE fresh; COMMIT;
            DROP TABLE big;
            DELETE FROM place WHERE name LIKE 'place 4%';
            VACUUM place;
            """;

    private static final String LOGICAL =
            """
            SELECT pg_replication_origin_create('elsewhere');
            SELECT pg_replication_origin_session_setup('elsewhere');
            BEGIN;
            SELECT pg_replication_origin_xact_setup('0/1234', '2020-01-01 00:00:00+00');
            INSERT INTO place VALUES ('(3,3)', 'from elsewhere');
            COMMIT;
            SELECT pg_replication_origin_session_reset();
            SELECT pg_logical_emit_message(true, 'long', repeat('0123456789', 350000));
            SELECT pg_logical_emit_message(false, 'longer', repeat('0123456789', 4000000));
            TRUNCATE account_again, place RESTART IDENTITY CASCADE;
            BEGIN; SAVEPOINT a; INSERT INTO place VALUES ('(1,1)', 'a'); SAVEPOINT b;
            INSERT INTO place VALUES ('(1,1)', 'b'); COMMIT;
            """;

    private RichWorkload() {}

    static void run(TestCluster server) throws Exception {
        server.start();
        script(server, TABLES);
        script(server, ROWS.replace("@HOME@", server.root.toString()));
        script(server, TRANSACTIONS);
        databases(server);
        server.execute("SELECT pg_switch_wal()", "CHECKPOINT", "SELECT pg_switch_wal()");
        server.pgbench("-i", "-s", "10", "-q");
        server.pgbench("-n", "-c", "4", "-t", "2000");
        server.stop(StopMode.IMMEDIATE);
        server.set(
                Map.of(
                        "wal_level", "logical",
                        "track_commit_timestamp", "on",
                        "max_connections", "120",
                        "wal_log_hints", "on"));
        server.start();
        script(server, LOGICAL);
        for (String method : new String[] {"pglz", "zstd", "lz4"}) {
            server.execute(
                    "ALTER SYSTEM SET wal_compression = " + method,
                    "SELECT pg_reload_conf()",
                    "CHECKPOINT");
            server.pgbench("-n", "-c", "4", "-t", "1000");
        }
        server.execute("ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()");
        script(server, "SELECT pg_backup_start('a backup', true); SELECT pg_backup_stop(false);");
        server.pgbench("-n", "-c", "2", "-t", "500");
        server.stop(StopMode.FAST);
        server.start();
        server.pgbench("-n", "-c", "2", "-t", "500");
    }

    /** Runs statements in one session. */
    static void script(TestCluster server, String text) throws Exception {
        Path file = Files.createTempFile("lifeboat", ".sql");
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            server.run(PgProgram.PSQL, "-Xq", "-v", "ON_ERROR_STOP=1", "-f", file.toString());
        } finally {
            Files.delete(file);
        }
    }

    private static void databases(TestCluster server) throws Exception {
        Path space = Files.createDirectory(server.root.resolve("space"));
        server.host.files().chown(space, server.user);
        server.execute(
                "CREATE DATABASE walled",
                "CREATE DATABASE copied STRATEGY = file_copy",
                "CREATE TABLESPACE elsewhere LOCATION '" + space + "'",
                "CREATE TABLE there (i int) TABLESPACE elsewhere",
                "INSERT INTO there SELECT generate_series(1, 100)",
                "ALTER DATABASE copied SET TABLESPACE elsewhere",
                "DROP TABLE there",
                "DROP DATABASE copied",
                "DROP DATABASE walled",
                "DROP TABLESPACE elsewhere");
    }
}
