package dev.lifeboat.secrets;

import java.util.List;

/**
 * A secret and where it came from.
 *
 * @param secret the value; whoever resolved it closes it
 * @param origin where it was found, for people: {@code BACKUP_ENCRYPTION_KEY}, {@code file
 *     /etc/lifeboat/key}
 * @param warnings what is unsafe about the place, full sentences for doctor; often empty
 */
public record ResolvedSecret(Secret secret, String origin, List<String> warnings) {
    public ResolvedSecret {
        warnings = List.copyOf(warnings);
    }
}
