package dev.lifeboat.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.backup.BackupManifestJson.WalRange;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class BackupManifestJsonTest {
    private static final String MANIFEST =
            """
            { "PostgreSQL-Backup-Manifest-Version": 2,
            "System-Identifier": 7380000000000000001,
            "Files": [
            { "Path": "backup_label", "Size": 225, "Last-Modified": "2026-04-07 02:00:00 GMT", "Checksum-Algorithm": "CRC32C", "Checksum": "04dd3a5a" },
            { "Encoded-Path": "f2", "Size": 8192, "Last-Modified": "2026-04-07 02:00:00 GMT" },
            { "Path": "\\"WAL-Ranges\\": [", "Size": 1, "Last-Modified": "2026-04-07 02:00:00 GMT" }
            ],
            "WAL-Ranges": [
            { "Timeline": 1, "Start-LSN": "0/2000028", "End-LSN": "0/2FFFF00" },
            { "Timeline": 2, "Start-LSN": "0/2FFFF00", "End-LSN": "0/3000138" }
            ],
            "Manifest-Checksum": "7cf1d2"}
            """;

    @Property(tries = 50)
    void findsTheWalHoweverThePiecesFall(@ForAll @IntRange(min = 1, max = 900) int pieceBytes)
            throws RecoveryException {
        byte[] bytes = MANIFEST.getBytes(StandardCharsets.UTF_8);

        var manifest = new BackupManifestJson();
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + pieceBytes));
            manifest.pass(piece, 0, piece.length);
        }
        manifest.finish();

        assertThat(manifest.ranges())
                .containsExactly(
                        new WalRange(1, Lsn.parse("0/2000028"), Lsn.parse("0/2FFFF00")),
                        new WalRange(2, Lsn.parse("0/2FFFF00"), Lsn.parse("0/3000138")));
        assertThat(manifest.files()).isEqualTo(3);
        assertThat(manifest.systemIdentifier()).isEqualTo("7380000000000000001");
    }

    @Test
    void refusesWhatIsNotWholeOrNamesNoWal() {
        for (String damaged :
                new String[] {
                    "",
                    MANIFEST.substring(0, MANIFEST.indexOf("\"WAL-Ranges\": [\n{")),
                    MANIFEST.replace("\"Start-LSN\": \"0/2000028\",", ""),
                    MANIFEST.replace("0/2000028", "nowhere"),
                    "{ \"Files\": [], \"WAL-Ranges\": [] }",
                    "no JSON"
                }) {
            assertThatThrownBy(
                            () -> {
                                var manifest = new BackupManifestJson();
                                byte[] bytes = damaged.getBytes(StandardCharsets.UTF_8);
                                manifest.pass(bytes, 0, bytes.length);
                                manifest.finish();
                            })
                    .as(damaged)
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            e -> assertThat(e.code()).isEqualTo(ProblemCode.BACKUP_FAILED));
        }
    }
}
