package dev.lifeboat.settings;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

/**
 * What a setting was told, and by whom.
 *
 * @param text as it was written; may be a secret, hence {@link #toString()}
 * @param origin who said it: a variable's name, or a field with file and line
 */
record Value(Setting setting, String text, String origin) {
    /** The text in its one form. */
    String canonical() {
        return setting.kind().canonical(text);
    }

    /** The text for people. */
    String shown() {
        return setting.kind().isSecret() ? "***" : text;
    }

    Value checked() throws RecoveryException {
        if (!setting.kind().accepts(text)) {
            throw new RecoveryException(
                    ProblemCode.SETTING_INVALID,
                    origin + " is '" + shown() + "', which Lifeboat cannot use.",
                    "It takes " + setting.kind().form() + ".",
                    "Correct it, for example: " + setting.example() + ".");
        }
        return this;
    }

    @Override
    public String toString() {
        return setting + "=" + shown() + " (" + origin + ")";
    }
}
