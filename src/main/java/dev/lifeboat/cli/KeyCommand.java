package dev.lifeboat.cli;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.secrets.Secret;

import picocli.CommandLine.Command;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code key}: the key that backups are encrypted with. */
@Command(
        name = "key",
        description = "Makes and names the key that backups are encrypted with.",
        subcommands = KeyCommand.Generate.class)
final class KeyCommand extends CommandGroup {

    /** {@code key generate}. */
    @Command(
            name = "generate",
            description = {
                "Prints a new key: 256 random bits in base64, as openssl rand -base64 32 makes them.",
                "Keep it apart from the backups and in two places: without it they cannot be read."
            },
            footer = {
                "",
                "For example:  (umask 077; lifeboat key generate > /etc/lifeboat/backup.key)",
                "              export BACKUP_ENCRYPTION_KEY=file:/etc/lifeboat/backup.key"
            })
    static final class Generate implements Callable<Integer> {
        private final Session session;

        Generate(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            try (Secret passphrase = EncryptionKey.generatePassphrase(new SecureRandom())) {
                byte[] bytes = passphrase.copyUtf8();
                String text = new String(bytes, StandardCharsets.UTF_8);
                Arrays.fill(bytes, (byte) 0);
                session.output().result(Map.of("key", text), () -> text);
            }
            return 0;
        }
    }
}
