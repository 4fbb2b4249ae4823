package dev.lifeboat.ui.shell;

import dev.lifeboat.settings.Classification;
import dev.lifeboat.ui.Messages;

import java.util.Locale;

/** How a classification is shown: word, fill and pattern say the same. */
enum Environment {
    PRODUCTION("environment.production"),
    STAGING("environment.staging"),
    DRILL("environment.drill"),
    SANDBOX("environment.sandbox"),
    UNKNOWN("environment.unknown");

    private final String key;

    Environment(String key) {
        this.key = key;
    }

    static Environment of(Classification classification) {
        return valueOf(classification.name());
    }

    String word() {
        return Messages.text(key);
    }

    String styleClass() {
        return "environment-" + name().toLowerCase(Locale.ROOT);
    }
}
