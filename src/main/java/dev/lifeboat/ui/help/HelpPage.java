package dev.lifeboat.ui.help;

import dev.lifeboat.ui.control.MonoText;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the manual. Its text: {@code # } and {@code ## } begin headings, {@code - } an item of
 * a list, four blanks a command to copy; blank lines part paragraphs.
 */
public final class HelpPage {
    private HelpPage() {}

    /**
     * The page of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static VBox of(String name) {
        var page = new VBox();
        page.getStyleClass().add("help-page");
        blocks(text(name)).forEach(block -> page.getChildren().add(node(block)));
        return page;
    }

    private static String path(String name) {
        return "/dev/lifeboat/ui/help/" + name + ".txt";
    }

    private static String text(String name) {
        try (InputStream in = HelpPage.class.getResourceAsStream(path(name))) {
            if (in == null) {
                throw new IllegalArgumentException("there is no help page " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> blocks(String text) {
        List<String> blocks = new ArrayList<>();
        for (String part : text.strip().split("\n\\s*\n")) {
            if (part.startsWith("- ")) {
                for (String item : part.split("\n(?=- )")) {
                    blocks.add(item);
                }
            } else {
                blocks.add(part);
            }
        }
        return blocks;
    }

    private static Node node(String block) {
        if (block.startsWith("    ")) {
            return MonoText.block(block.stripIndent().strip());
        }
        String words = block.replaceAll("\\s*\n\\s*", " ");
        if (words.startsWith("## ")) {
            return label(words.substring(3), "h2");
        }
        if (words.startsWith("# ")) {
            return label(words.substring(2), "h1");
        }
        if (words.startsWith("- ")) {
            return label("•  " + words.substring(2), "help-item");
        }
        return label(words, "help-text");
    }

    private static Label label(String text, String styleClass) {
        var label = new Label(text);
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
