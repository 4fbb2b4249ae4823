package dev.lifeboat.ui;

import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Every word the console says, by key: {@code <task>.<control>}. A test finds keys that are missing
 * and keys nobody uses. Safe for any thread.
 */
public final class Messages {
    private static final ResourceBundle BUNDLE =
            ResourceBundle.getBundle("dev.lifeboat.ui.messages", Locale.ROOT);

    private Messages() {}

    /** The bundle FXML files take their {@code %keys} from. */
    public static ResourceBundle bundle() {
        return BUNDLE;
    }

    /**
     * The text of a key, with {@code {0}}, {@code {1}} ... replaced by the arguments.
     *
     * @throws java.util.MissingResourceException when there is no such key
     */
    public static String text(String key, Object... arguments) {
        String text = BUNDLE.getString(key);
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return text;
    }

    /**
     * As {@link #text}, choosing between {@code key.one} and {@code key.many}; {@code {0}} is the
     * count.
     */
    public static String count(String key, long count, Object... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = "%,d".formatted(count).replace(',', '\u202f');
        System.arraycopy(more, 0, arguments, 1, more.length);
        return text(key + (count == 1 ? ".one" : ".many"), arguments);
    }
}
