package dev.lifeboat.backup;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.wal.ArchivedWal;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands in a manifest that restore its backup without Lifeboat: with {@code aws}, {@code
 * openssl}, {@code zstd}, {@code tar} and PostgreSQL alone, in a shell in which
 * BACKUP_ENCRYPTION_KEY holds the key itself. The first one fetches; it takes the options that the
 * bucket needs (region, endpoint, profile).
 */
final class RestoreByHand {
    private static final String DECRYPT =
            "openssl enc -d -aes-256-cbc -pbkdf2 -pass env:BACKUP_ENCRYPTION_KEY";

    private RestoreByHand() {}

    static List<String> full(String bucket, String id, String stem, ConnectionSpec database) {
        String folder = stem.substring(0, stem.length() - id.length());
        return List.of(
                "aws s3 cp --recursive --exclude '*' --include '"
                        + id
                        + ".*' "
                        + bucket
                        + "/"
                        + folder
                        + " .",
                DECRYPT + " -in " + id + ".globals.sql.enc -out " + id + ".globals.sql",
                DECRYPT + " -in " + id + ".dump.enc -out " + id + ".dump",
                "psql -d postgres -f "
                        + id
                        + ".globals.sql   # roles that exist are reported, and kept",
                "createdb " + quoted(database.database()),
                "pg_restore -d " + quoted(database.database()) + " " + id + ".dump");
    }

    static List<String> base(
            String bucket,
            String walBucket,
            String prefix,
            String id,
            String stem,
            List<Manifest.Tablespace> tablespaces) {
        var commands = new ArrayList<String>();
        commands.add("aws s3 cp --recursive " + bucket + "/" + stem + " " + id);
        commands.add("mkdir -m 700 data");
        commands.add(unpack(id, "base", "data"));
        for (Manifest.Tablespace tablespace : tablespaces) {
            String directory = quoted(tablespace.location());
            commands.add(
                    "mkdir -m 700 -p "
                            + directory
                            + "   # or another, empty one, written into data/tablespace_map");
            commands.add(unpack(id, Long.toString(tablespace.oid()), directory));
        }
        commands.add("touch data/recovery.signal");
        commands.add(
                "echo \"restore_command = 'aws s3 cp "
                        + walBucket
                        + "/"
                        + prefix
                        + ArchivedWal.FOLDER
                        + "%f.zst.enc - | "
                        + DECRYPT
                        + " | zstd -d -q -o %p'\" >> data/postgresql.auto.conf");
        commands.add(
                "echo \"recovery_target_time = '2026-04-07 14:30:00+00'\" >>"
                        + " data/postgresql.auto.conf   # without it: up to the end of WAL");
        commands.add("pg_ctl -D data start");
        return commands;
    }

    static List<String> config(String bucket, String stem) {
        String name = stem.substring(stem.lastIndexOf('/') + 1);
        return List.of(
                "aws s3 cp " + bucket + "/" + stem + ".tar.zst.enc .",
                "mkdir -m 700 " + name,
                DECRYPT + " -in " + name + ".tar.zst.enc | zstd -d -q -c | tar -x -C " + name);
    }

    private static String unpack(String id, String stream, String directory) {
        return "for f in "
                + id
                + "/"
                + stream
                + ".tar.*.zst.enc; do "
                + DECRYPT
                + " -in \"$f\" | zstd -d -q -c; done | tar -x -p -C "
                + directory;
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
