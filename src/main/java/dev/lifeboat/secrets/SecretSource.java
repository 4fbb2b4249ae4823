package dev.lifeboat.secrets;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Turns the text of a setting that names a secret into the secret: the text itself, the one line of
 * a file ({@code file:PATH}), or a value kept by a service ({@code secretsmanager:NAME}).
 *
 * <p>Safe for use by many threads.
 */
public final class SecretSource {
    private static final String FILE = "file:";
    private static final String SECRETS_MANAGER = "secretsmanager:";

    private final Supplier<SecretVault> secretsManager;
    private final Charset environmentCharset;

    /**
     * @param secretsManager opens the service; asked only when a setting names it
     */
    public SecretSource(Supplier<SecretVault> secretsManager) {
        this(secretsManager, Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    }

    SecretSource(Supplier<SecretVault> secretsManager, Charset environmentCharset) {
        this.secretsManager = secretsManager;
        this.environmentCharset = environmentCharset;
    }

    /**
     * Finds the secret that a setting's text stands for.
     *
     * @param setting the setting's name, for the problem's sentences: {@code BACKUP_ENCRYPTION_KEY}
     * @param text its value; null or blank when it is not set
     * @throws RecoveryException {@code KEY_MISSING} when it is not set, or names a file or secret
     *     that is not there, is empty or holds more than one line; otherwise what {@link
     *     SecretVault#fetch} throws
     */
    public ResolvedSecret resolve(String setting, String text) throws RecoveryException {
        if (text == null || text.isBlank()) {
            throw new RecoveryException(
                    ProblemCode.KEY_MISSING,
                    setting + " is not set.",
                    "Without it nothing can be encrypted or read.",
                    "Set it to the key, to file:PATH or to secretsmanager:NAME; `lifeboat key"
                            + " generate` makes a new one.");
        }
        if (text.startsWith(FILE)) {
            return new SecretFile(Path.of(text.substring(FILE.length()))).read(setting);
        }
        if (text.startsWith(SECRETS_MANAGER)) {
            return fetch(setting, text.substring(SECRETS_MANAGER.length()));
        }
        refuseMangled(setting, text);
        return new ResolvedSecret(Secret.of(text), setting, List.of());
    }

    private ResolvedSecret fetch(String setting, String name) throws RecoveryException {
        String origin = "secret " + name + " of AWS Secrets Manager";
        try (Secret fetched = secretsManager.get().fetch(name)) {
            return new ResolvedSecret(
                    SingleLine.of(fetched.copyUtf8(), setting, origin), origin, List.of());
        }
    }

    /**
     * The JDK decodes environment variables by the locale's character set. Under LANG=C that
     * replaces every other byte, and the key would silently be another one than openssl's.
     */
    private void refuseMangled(String setting, String text) throws RecoveryException {
        boolean ascii = text.chars().allMatch(character -> character < 0x80);
        if (!ascii && !environmentCharset.equals(StandardCharsets.UTF_8)) {
            throw new RecoveryException(
                    ProblemCode.KEY_MISSING,
                    setting + " holds characters that this locale cannot carry.",
                    "The character set here is "
                            + environmentCharset.name()
                            + ", so that the bytes of the key are not known.",
                    "Set LC_ALL=C.UTF-8, or put the key in a file and set "
                            + setting
                            + "=file:PATH.");
        }
    }
}
