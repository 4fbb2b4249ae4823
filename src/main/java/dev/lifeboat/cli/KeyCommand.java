package dev.lifeboat.cli;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.ResolvedSecret;
import dev.lifeboat.secrets.Secret;

import picocli.CommandLine.Command;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code key}: the key that backups are encrypted with. */
@Command(
        name = "key",
        description = "Makes and names the key that backups are encrypted with.",
        subcommands = {
            KeyCommand.Generate.class,
            KeyCommand.Fingerprint.class,
            KeyUseCommand.class,
            KeyRotateCommand.class
        })
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

    /** {@code key fingerprint}. */
    @Command(
            name = "fingerprint",
            description = {
                "Names the keys that are set, without showing them: the one new backups are encrypted"
                        + " with first,",
                "then those of older backups. A backup's manifest names its key in the same way."
            })
    static final class Fingerprint implements Callable<Integer> {
        private record Key(String fingerprint, String origin) {}

        private final Session session;

        Fingerprint(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            List<Key> keys = new ArrayList<>();
            keys.add(named(session.settings().encryptionKey(session.secrets())));
            for (ResolvedSecret older : session.settings().decryptionKeys(session.secrets())) {
                keys.add(named(older));
            }
            session.output()
                    .result(
                            Map.of("fingerprint", keys.getFirst().fingerprint(), "keys", keys),
                            () -> text(keys));
            return 0;
        }

        private Key named(ResolvedSecret found) {
            found.warnings().forEach(session.output()::say);
            try (Secret secret = found.secret();
                    EncryptionKey key = EncryptionKey.of(secret)) {
                return new Key(key.fingerprint().hex(), found.origin());
            }
        }

        private static String text(List<Key> keys) {
            return keys.stream()
                    .map(key -> key.fingerprint() + "  " + key.origin())
                    .collect(Collectors.joining(System.lineSeparator()));
        }
    }
}
