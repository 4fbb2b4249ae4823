package dev.lifeboat.ui.control;

import javafx.scene.AccessibleRole;
import javafx.scene.text.Text;

import org.kordamp.ikonli.IkonHandler;
import org.kordamp.ikonli.IkonResolver;
import org.kordamp.ikonli.IkonResolverProvider;
import org.kordamp.ikonli.javafx.JavaFXFontLoader;

/**
 * An icon of the icon font as large as the text beside it: style classes size and colour it as they
 * do text ({@code -fx-font-size} in em, {@code -fx-fill}). A reader of the screen passes over it;
 * the word beside it says what it means.
 */
public final class Glyph extends Text {
    private static final IkonResolver RESOLVER =
            IkonResolverProvider.getInstance(new JavaFXFontLoader());
    private String literal = "";

    public Glyph() {
        getStyleClass().add("glyph");
        setAccessibleRole(AccessibleRole.NODE);
        setFocusTraversable(false);
    }

    public Glyph(String literal) {
        this();
        setLiteral(literal);
    }

    public String getLiteral() {
        return literal;
    }

    /**
     * Shows another icon.
     *
     * @throws UnsupportedOperationException when the icon font has none of that name
     */
    public void setLiteral(String name) {
        literal = name;
        IkonHandler handler = RESOLVER.resolve(name);
        setStyle("-fx-font-family: '" + handler.getFontFamily() + "';");
        setText(Character.toString(handler.resolve(name).getCode()));
    }
}
