package dev.lifeboat.ui.timeline.view;

import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.StyleConverter;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.scene.paint.Color;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The colours of one view as its style sheet gives them. */
final class Inks {
    private static final Map<Ink, CssMetaData<TimelineView, Color>> META = meta();

    private final Map<Ink, SimpleStyleableObjectProperty<Color>> inks = new EnumMap<>(Ink.class);

    Inks(TimelineView view, Runnable changed) {
        for (Ink ink : Ink.values()) {
            var property =
                    new SimpleStyleableObjectProperty<Color>(
                            META.get(ink), view, ink.property(), Color.web(ink.unstyled()));
            property.addListener((_, _, _) -> changed.run());
            inks.put(ink, property);
        }
    }

    Color get(Ink ink) {
        return inks.get(ink).get();
    }

    private StyleableProperty<Color> property(Ink ink) {
        return inks.get(ink);
    }

    static List<CssMetaData<? extends Styleable, ?>> metaData() {
        return new ArrayList<>(META.values());
    }

    private static Map<Ink, CssMetaData<TimelineView, Color>> meta() {
        Map<Ink, CssMetaData<TimelineView, Color>> all = new EnumMap<>(Ink.class);
        for (Ink ink : Ink.values()) {
            all.put(
                    ink,
                    new CssMetaData<>(
                            ink.property(),
                            StyleConverter.getColorConverter(),
                            Color.web(ink.unstyled())) {
                        @Override
                        public boolean isSettable(TimelineView view) {
                            return true;
                        }

                        @Override
                        public StyleableProperty<Color> getStyleableProperty(TimelineView view) {
                            return view.inks().property(ink);
                        }
                    });
        }
        return all;
    }
}
